"""`laotie archive`: check a folder of history, or make one from another format. No server and no Django."""

import tempfile
from pathlib import Path

import click
from rich.console import Console

FOLDER = click.Path(path_type=Path)
LANGUAGES = click.Choice(["zh", "en"])


@click.group("archive", short_help="Check a folder of history, or make one from another format.")
def command() -> None:
    """Work with archives: folders of tables that hold a market's history (docs/archive.md)."""


@command.command("check")
@click.argument("path", type=FOLDER)
@click.option("--rejects", type=FOLDER, help="Write what was rejected here, as .csv or .parquet.")
def check_command(path: Path, rejects: Path | None) -> None:
    """Judge every line of the archive in PATH. Ends with 1 where any was rejected."""
    from laotie.runtime.commands.archive_report import show
    from laotie.stream.archive import checking, errors, writing

    console = Console()
    try:
        with console.status("reading") as status:
            archive = checking.check(path, status.update)
        show(console, archive)
        if rejects:
            writing.write_rejects(rejects, archive.rejects)
            console.print(f"What was rejected: {rejects}")
    except (errors.BadArchive, OSError) as error:
        raise click.ClickException(str(error)) from error
    raise SystemExit(1 if archive.rejects.num_rows else 0)


@command.command("convert")
@click.argument("format", metavar="FORMAT")
@click.argument("path", type=FOLDER)
@click.argument("out", type=FOLDER)
@click.option("--language", type=LANGUAGES, default="en", show_default=True, help="Of the words that are made.")
def convert_command(format: str, path: Path, out: Path, language: str) -> None:
    """Turn the FORMAT files in PATH into an archive in OUT, which must be empty or not there."""
    from laotie.stream.archive import errors
    from laotie.stream.archive.converters import converter

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise click.ClickException(f"{out} is not an empty folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent) as scratch:  # a half-written archive is never seen
            converter(format)(path, Path(scratch) / "archive", language)
            if out.exists():
                out.rmdir()
            (Path(scratch) / "archive").rename(out)
    except (errors.BadArchive, errors.UnknownFormat, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{out} is an archive now. Judge it: laotie archive check {out}")
