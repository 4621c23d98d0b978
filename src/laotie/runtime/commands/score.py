"""`laotie score`: scores of a folder of history. No server and no Django."""

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from laotie.lab.scoring.day import Day
    from laotie.lab.scoring.opening import Wished
    from laotie.lab.scoring.wording import Words

PATH = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
KINDS = click.Choice(["shop", "product", "creator"])
LANGUAGES = click.Choice(["zh", "en"])
SHOWN = 5  # best and worst, and sentences on lines that were left out


@dataclass(frozen=True, slots=True)
class Asked:
    """The options."""

    out: Path | None
    engine: str
    day: datetime | None
    since: datetime | None
    rulebook: Path | None
    kinds: tuple[str, ...]
    language: str
    currency: str
    time_zone: str

    def wished(self) -> "Wished":
        from laotie.lab.scoring.opening import Wished

        return Wished(self.currency, self.time_zone, self.language)


@click.command("score", short_help="Score the shops, products and creators of a history: tables and a report.")
@click.argument("archive", type=PATH)
@click.option("--out", type=PATH, help="Write tables (Parquet, CSV) and report.html here: a new or empty folder.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--day", type=DAY, help="The market day to score [the day by which 99 of 100 parcels were signed]")
@click.option("--since", type=DAY, help="The day to compare with in the report [30 days earlier]")
@click.option("--rulebook", type=PATH, help="A rulebook file to score by [the published one]")
@click.option("--kind", "kinds", type=KINDS, multiple=True, help="Only these; may be given several times.")
@click.option("--language", type=LANGUAGES, default="en", show_default=True, help="Of the report.")
@click.option("--currency", default="CNY", show_default=True, help="Of a single file of orders.")
@click.option("--time-zone", default="Asia/Shanghai", show_default=True, help="Of a single file of orders.")
def command(archive: Path, **options: Any) -> None:
    """Score the ARCHIVE as a market would have on that day: an archive (docs/archive.md), Olist's files as they are, or
    one CSV or Parquet file of orders."""
    from laotie.engine.scores import engines
    from laotie.kit.errors import MarketError
    from laotie.lab.scoring import opening, outcome, ruling, writing
    from laotie.lab.scoring.day import scored
    from laotie.lab.scoring.facts import facts_of
    from laotie.lab.scoring.wording import words
    from laotie.runtime.commands.history import days

    asked = Asked(**options)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    try:
        book = ruling.rules(asked.rulebook)
        if asked.out:
            writing.check_free(asked.out)
        with console.status("reading") as status, engines.engine(asked.engine) as connection:
            history = opening.opened(archive, asked.wished(), status.update)
            status.update("scoring")
            facts = facts_of(history, connection)
            chosen, compared = days(facts, asked.day, asked.since)
            found = scored(facts, chosen, book, asked.kinds or tuple(book.dimensions), compared if asked.out else None)
            written = outcome.write(found, history, asked.out, asked.language) if asked.out else []
    except (MarketError, engines.NoSpark, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    console.print(f"{history.sheet.name}, {chosen}, rulebook {book.name}-{book.version}")
    for sentence in opening.lines_left_out(history)[:SHOWN]:
        console.print(f"[dim]{sentence}[/dim]")
    show(console, found, words(asked.language))
    if not found.scores:
        console.print(
            f"[yellow]Nothing can be scored yet: no deal had matured by {chosen}.[/yellow] Try a later --day."
        )
    if asked.out:
        console.print(f"Written to {asked.out}: {', '.join(written)}")


def show(console: Console, found: "Day", words: "Words") -> None:
    """How many of each status, and the best and the worst of each kind with the reason."""
    from collections import Counter

    from laotie.lab.scoring.reading import ranked, reason_of

    for kind, scores in found.scores.items():
        counts = Counter(scores.status.tolist())
        said = ", ".join(
            f"{counts[name]:,} {words.of('statuses', name)}" for name in ("official", "provisional", "none")
        )
        console.print(f"\n[bold]{words.of('kinds', kind)}[/bold] {len(scores.total):,}: {said}")
        table = Table(
            words.say("entity"), words.say("score"), words.say("status"), words.say("deals"), words.say("why")
        )
        for best in (True, False):
            for row in ranked(scores, best=best)[:SHOWN]:
                reason = words.of("metrics", reason_of(scores, int(row), best=best).name)
                cells = (scores.evidence.entity[row], f"{scores.score[row]:.4f}", scores.status[row])
                table.add_row(*(str(cell) for cell in cells), str(scores.evidence.deals[row]), reason)
            table.add_section()
        if table.row_count:
            console.print(table)
