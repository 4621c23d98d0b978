"""`laotie score`: scores of a folder of history. No server and no Django."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from laotie.engine.scores.points import Scores

FOLDER = click.Path(path_type=Path)
SHOWN = 5  # best and worst


@click.command("score", short_help="Score the shops and products of a folder of history.")
@click.argument("archive", type=FOLDER)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The market day to score; the last one, if not given.")
@click.option("--out", type=FOLDER, help="Write scores and their parts here, as CSV.")
def command(archive: Path, day: datetime | None, out: Path | None) -> None:
    """Score the ARCHIVE (docs/archive.md) by the published rulebook, as a market would have on that day."""
    from laotie.engine.scores.rulebook import published
    from laotie.lab.scoring import facts as archive_facts
    from laotie.lab.scoring import tables
    from laotie.stream.archive import checking, errors

    console = Console()
    try:
        with console.status("reading") as status:
            judged = checking.check(archive, status.update)
            status.update("scoring")
            facts, rulebook = archive_facts.facts_of(judged), published()
            chosen = day.date() if day else archive_facts.last_day(facts)
            found = tables.scored(facts, chosen, rulebook)
    except (errors.BadArchive, OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    console.print(f"{judged.sheet.name}, {chosen}, rulebook {rulebook.name}-{rulebook.version}")
    if judged.rejects.num_rows:
        console.print(f"{judged.rejects.num_rows} lines are not in it: laotie archive check {archive}")
    for kind, scores in found.items():
        show(console, kind, scores)
    if out:
        for path in tables.write(found, chosen, rulebook, out):
            console.print(f"Written: {path}")


def show(console: Console, kind: str, scores: "Scores") -> None:
    """The best and the worst of a kind among those with official scores, and how many there are of each status."""
    order = scores.score.argsort()[::-1]
    official = [int(row) for row in order if scores.status[row] == "official"]
    console.print(f"\n{len(order)} {kind}s with matured deals, {len(official)} official")
    if scores.absent:
        console.print(f"no facts for: {', '.join(scores.absent)}; their weight went to the others")
    table = Table(kind, "score", "band", "deals", "window")
    for row in dict.fromkeys([*official[:SHOWN], *official[-SHOWN:]]):
        table.add_row(
            str(scores.evidence.entity[row]),
            f"{scores.score[row]:.4f}",
            str(scores.band[row]),
            str(scores.evidence.deals[row]),
            str(scores.evidence.window[row]),
        )
    if official:
        console.print(table)
