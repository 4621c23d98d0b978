"""`laotie explain`: where a score comes from, of a history or of a running market's published scores."""

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

if TYPE_CHECKING:
    from laotie.lab.scoring.explained import Explanation

PATH = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True, slots=True)
class Asked:
    """The options, and whose score."""

    kind: str
    entity: str
    home: Path | None
    day: datetime | None
    since: datetime | None
    target: float | None
    rulebook: Path | None
    as_json: bool
    language: str
    currency: str
    time_zone: str


@click.command("explain", short_help="Where the score of a shop, product or creator comes from.")
@click.argument("kind", type=click.Choice(["shop", "product", "creator"]))
@click.argument("entity")
@click.argument("archive", type=PATH, required=False)
@click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="Of a market's published scores instead."
)
@click.option("--day", type=DAY, help="The market day [as laotie score; of a market the last one published]")
@click.option("--since", type=DAY, help="What changed since this day [the day before]")
@click.option("--target", type=click.FloatRange(3, 5), help="What would bring it there, such as 4.70.")
@click.option("--rulebook", type=PATH, help="A rulebook file to score by [the published one]")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="en", show_default=True)
@click.option("--currency", default="CNY", show_default=True, help="Of a single file of orders.")
@click.option("--time-zone", default="Asia/Shanghai", show_default=True, help="Of a single file of orders.")
def command(kind: str, entity: str, archive: Path | None, **options: Any) -> None:
    """Explain the score of KIND ENTITY (its key, or how the key begins) in ARCHIVE, as laotie score reads it.

    Every metric's counts, shrunk value, benchmark, points, weight and contribution, which sum to the score; the deals
    that cost most; what changed since the day before; with --target what would raise it.
    """
    from laotie.kit.errors import MarketError
    from laotie.lab.scoring.wording import words
    from laotie.runtime.commands.explanation import show
    from laotie.runtime.commands.published import published

    asked = Asked(kind, entity, **options)
    if (archive is None) == (asked.home is None):
        raise click.UsageError("Name an ARCHIVE, or a running market with --home.")
    try:
        if archive:
            found = _of_archive(archive, asked)
        elif asked.home:
            found = published(asked.home, kind, entity, asked.day, asked.target)
    except (MarketError, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if asked.as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, default=str))
    else:
        console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
        show(console, found, words(asked.language))


def _of_archive(archive: Path, asked: Asked) -> "Explanation":
    """Score the history's day and the day before, and explain one score of it."""
    from laotie.engine.scores import engines
    from laotie.lab.scoring import opening, ruling
    from laotie.lab.scoring.day import scored
    from laotie.lab.scoring.explained import explain
    from laotie.lab.scoring.facts import facts_of
    from laotie.runtime.commands.history import days

    wished = opening.Wished(asked.currency, asked.time_zone, asked.language)
    book = ruling.rules(asked.rulebook)
    with Console(stderr=True).status("reading") as status, engines.engine() as connection:
        history = opening.opened(archive, wished, status.update)
        status.update("scoring")
        facts = facts_of(history, connection)
        chosen, compared = days(facts, asked.day, asked.since, back=1)
        return explain(scored(facts, chosen, book, since=compared), asked.kind, asked.entity, asked.target)
