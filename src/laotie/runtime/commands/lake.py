"""`laotie lake`: look after a market's history."""

import hashlib
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from laotie.runtime.commands.needs import market_parts

if TYPE_CHECKING:
    from laotie.stream.stations import Report

HOME = click.option(
    "--home", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The market's folder [LAOTIE_HOME]"
)


@click.group("lake", short_help="Verify, replay or compact a market's history.")
def command() -> None:
    """The lake is the market's history: every fact, once, by kind and market day."""


@command.command("verify")
@HOME
@market_parts
def verify_command(home: Path | None) -> None:
    """Count every fact at every station. Ends with 1 where any is missing or doubled, and names it."""
    _django(home)
    from django.db import DatabaseError

    from laotie.stream import recorder
    from laotie.stream.journals.source import JournalSource
    from laotie.stream.lake.queries import snapshot
    from laotie.stream.lake.store import LakeError, LocalStore
    from laotie.stream.stations import verify

    sources = [source for source in recorder.sources() if isinstance(source, JournalSource)]
    try:
        report = verify(snapshot(LocalStore(recorder.folder())), sources)
    except (LakeError, DatabaseError) as error:
        raise click.ClickException(str(error).strip()) from error
    show(report)
    raise SystemExit(1 if report.findings else 0)


@command.command("replay")
@click.option("--day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="A market day, such as 2026-03-01.")
@HOME
@market_parts
def replay_command(day: datetime, home: Path | None) -> None:
    """Write every fact of a day as a line of JSON, in order; the same day gives the same bytes."""
    _django(home)
    from laotie.stream import recorder
    from laotie.stream.lake.queries import snapshot
    from laotie.stream.lake.store import LakeError, LocalStore

    count, digest = 0, hashlib.sha256()
    try:
        for fact in snapshot(LocalStore(recorder.folder())).replay(day.date()):
            line = json.dumps(fact.as_json(), ensure_ascii=False, sort_keys=True)
            click.echo(line)
            digest.update(line.encode())
            count += 1
    except LakeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} facts, sha256 {digest.hexdigest()}", err=True)


@command.command("compact")
@HOME
@market_parts
def compact_command(home: Path | None) -> None:
    """Make one file of each kind's day. The recorder does this by itself while the market runs."""
    _django(home)
    from laotie.kit import market
    from laotie.stream import recorder
    from laotie.stream.lake import compaction
    from laotie.stream.lake.store import LakeError, LocalStore
    from laotie.stream.lake.writer import Lake

    try:
        with Lake(LocalStore(recorder.folder()), market.current().zone).writing() as lake:
            saved = compaction.compact_all(lake)
            lake.bury()
    except LakeError as error:
        raise click.ClickException(f"{error}. Stop the market first.") from error
    click.echo(f"{saved} files fewer; {len(lake.state.files)} hold the lake now.")


@command.command("catalogue")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead [docs/facts.md]")
@market_parts
def catalogue_command(out: Path | None) -> None:
    """Write the page of all kinds of facts."""
    _django(None)
    from laotie.stream.catalogue import catalogue

    target = out or Path("docs/facts.md")
    target.write_text(catalogue(), encoding="utf-8")
    click.echo(f"{target} is current")


def show(report: "Report") -> None:
    """The table, then what is wrong, in words."""
    from rich.console import Console
    from rich.table import Table

    from laotie.stream.stations import STATIONS

    console = Console(width=None if sys.stdout.isatty() else 120)
    table = Table("kind", *STATIONS)
    for kind in report.kinds():
        table.add_row(kind, *[str(report.counts[station][kind]) for station in STATIONS])
    console.print(table)
    for note in report.notes:
        console.print(note)
    for finding in report.findings:
        console.print(f"[red]✗[/red] {finding.kind}: {finding.sentence} ({finding.count:+d})", highlight=False)
    if not report.findings:
        console.print("[green]✓[/green] Every fact is where it belongs, once.")


def _django(home: Path | None) -> None:
    """Be a process of the market in `home`, whose own servers are found by their files."""
    from laotie.runtime.config import ConfigError, load
    from laotie.runtime.embedded.nats import url_of

    if home:
        os.environ["LAOTIE_HOME"] = str(home.absolute())
    try:
        config = load()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    if not config.nats_url and (url := url_of(config.home / "nats")):
        os.environ["NATS_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
    import django

    django.setup()
