"""`laotie import`: a market's history into this market, from an archive or another format."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table as Grid

from laotie.runtime.commands.needs import market_parts
from laotie.stream.archive.checking import Archive, check
from laotie.stream.archive.errors import BadArchive, UnknownFormat
from laotie.stream.archive.writing import write_rejects

if TYPE_CHECKING:
    from laotie.stream.lake.writer import Lake

FOLDER = click.Path(path_type=Path)
FACTS = 100_000  # of a commit to the lake
TOLD = 10_000  # facts a turn for each subscriber
OWN = "archive"  # the name of our own format


@click.command("import", short_help="Bring in a market's history: our own archive format, Olist, …")
@click.argument("format", metavar="FORMAT")
@click.argument("path", type=FOLDER)
@click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="The market's folder [LAOTIE_HOME, ./var]"
)
@click.option("--dry-run", is_flag=True, help="Check and report; bring nothing in.")
@click.option("--rejects", type=FOLDER, help="Where rejected lines are listed, .csv or .parquet [rejects-FORMAT.csv]")
@click.option("--language", type=click.Choice(["zh", "en"]), help="Of the words that are made [the market's]")
def command(
    *, format: str, path: Path, home: Path | None, dry_run: bool, rejects: Path | None, language: str | None
) -> None:
    """Bring the history in PATH into a market: convert, check line by line, load. FORMAT is archive or olist.

    Bad lines are listed with their reasons, the rest goes in. A second run changes nothing; one that was killed is
    resumed. A home that is not there yet is made in the history's currency and time zone.
    """
    from laotie.runtime.commands.archive_report import show

    console = Console()
    try:
        with _archive(format, path, language or _language(home), console) as archive:
            show(console, archive)
            _list_rejects(console, archive, rejects or Path(f"rejects-{format}.csv"))
            if dry_run:
                console.print("A dry run: nothing was brought in.")
            else:
                _bring_in(console, archive, home)
    except (BadArchive, UnknownFormat, OSError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _archive(format: str, path: Path, language: str, console: Console) -> Iterator[Archive]:
    """The checked archive; one that was converted lives as long as this block."""
    from laotie.stream.archive.converters import converter

    with tempfile.TemporaryDirectory(prefix="laotie-import-") as scratch:
        with console.status("reading") as status:
            if format != OWN:
                convert, source = converter(format), path
                path = Path(scratch) / "archive"
                convert(source, path, language)
            archive = check(path, status.update)
        yield archive


def _language(home: Path | None) -> str:
    """The language of the home; of the terminal where there is none yet."""
    try:
        from laotie.runtime.config import ConfigError, home_folder, load
        from laotie.runtime.welcome import language_of_terminal
    except ModuleNotFoundError:  # a dry run without the market's parts
        return "en"
    if home:
        os.environ["LAOTIE_HOME"] = str(home.absolute())
    if not (home_folder() / "market.toml").is_file() and "LAOTIE_LANGUAGE" not in os.environ:
        return language_of_terminal()
    try:
        return load().language
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


def _list_rejects(console: Console, archive: Archive, path: Path) -> None:
    if archive.rejects.num_rows:
        write_rejects(path, archive.rejects)
        console.print(f"Every rejected line with its reason: [bold]{path}[/bold]")


@market_parts
def _bring_in(console: Console, archive: Archive, home: Path | None) -> None:
    from laotie.runtime.commands.opened import opened
    from laotie.runtime.config import ConfigError
    from laotie.runtime.embedded.postgres import PostgresFault
    from laotie.runtime.home import Founding

    sheet = archive.sheet
    founding = Founding(sheet.name, sheet.currency, sheet.time_zone, sheet.language)
    try:
        with console.status("opening the market") as status, opened(home, founding) as config:
            status.stop()
            if config.currency != sheet.currency:
                console.print(
                    f"[yellow]This history is in {sheet.currency}, the market at {config.home} trades in "
                    f"{config.currency}: amounts are taken at face value.[/yellow]"
                )
            _load(console, archive)
            _record(console)
    except (ConfigError, PostgresFault) as error:
        raise click.ClickException(str(error)) from error


def _load(console: Console, archive: Archive) -> None:
    from laotie.lab.history.actions import load
    from laotie.lab.history.errors import OtherMoney

    bars = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            TimeRemainingColumn())  # fmt: skip
    with Progress(*bars, console=console) as bar:
        try:
            report = load(archive, _Bar(bar))
        except OtherMoney as error:
            raise click.ClickException(str(error)) from error
    grid = Grid("table", "read", "rejected", "brought in", "already there", box=None, pad_edge=False)
    for count in report.counts:
        if count.read:
            grid.add_row(count.table, *(f"{n:,}" for n in (count.read, count.rejected, count.loaded, count.already)))
    console.print(grid)
    for sum_ in report.sums:
        verdict = "[green]agree[/green]" if sum_.holds else "[red]differ[/red]"
        console.print(f"Σ {sum_.what}: archive {sum_.archive}, market {sum_.market}: {verdict}")
    if not all(sum_.holds for sum_ in report.sums):
        raise click.ClickException("The market does not hold what the archive says. Nothing of it was committed twice.")


class _Bar:
    """A load's progress as a bar."""

    def __init__(self, bar: Progress) -> None:
        self.bar, self.task = bar, bar.add_task("loading", total=None)

    def begin(self, batches: int) -> None:
        self.bar.update(self.task, total=batches)

    def advance(self, words: str) -> None:
        self.bar.update(self.task, advance=1, description=words)


def _record(console: Console) -> None:
    """Carry the facts to the lake and to their subscribers; where the market runs, its recorder does."""
    from laotie.kit import market
    from laotie.stream.lake.store import LocalStore, Taken
    from laotie.stream.lake.writer import Lake
    from laotie.stream.recorder import folder

    try:
        with Lake(LocalStore(folder()), market.current().zone).writing() as lake, console.status("") as status:
            for carried in _carried(lake):
                status.update(f"carrying facts to the lake: {carried:,}")
            for told in _told():
                status.update(f"telling the search index: {told:,}")
        console.print("Its facts are in the lake and in the search index.")
    except Taken:
        console.print("The running market carries its facts to the lake now.")


def _carried(lake: "Lake") -> Iterator[int]:
    """Facts carried so far, commit by commit. Big ones: a history has years of days, and each day has its files."""
    from laotie.stream.outbox.source import OutboxSource

    source, carried = OutboxSource(), 0
    while (batch := source.read(lake.position(source.name), FACTS)).passed:
        lake.commit(source.name, batch.position, batch.facts)
        carried += batch.passed
        yield carried


def _told() -> Iterator[int]:
    """Facts that subscribers were told so far."""
    from laotie.stream.outbox.subscriptions import deliver_all

    told = 0
    while moved := deliver_all(TOLD):
        told += moved
        yield told
