"""An explanation on a terminal, in words."""

from typing import Literal

from rich.console import Console
from rich.table import Table

from laotie.lab.scoring.explained import Explanation
from laotie.lab.scoring.reading import CAUSES, shown_rate
from laotie.lab.scoring.wording import Words

NUM: Literal["right"] = "right"


def show(console: Console, found: Explanation, words: Words) -> None:
    """The score, its parts and their sum, the deals that cost most, what changed, and what would raise it."""
    head = {"status": words.of("statuses", found.status), "band": words.of("bands", found.band), "score": found.score}
    console.print(f"[bold]{words.say('explain_head', score_name=words.of('scores', found.kind), **head)}[/bold]")
    basis = {"entity": found.entity, "day": found.day, "deals": found.deals, "window": found.window}
    console.print(words.say("explain_basis", rulebook=found.rulebook, **basis))
    if found.status == "none":
        console.print(words.say("explain_none"))
    console.print(_parts(found, words))
    if found.absent:
        names = ", ".join(words.of("metrics", name) for name in found.absent)
        console.print(f"[dim]{words.say('absent_title')}: {names}. {words.say('absent_says')}[/dim]")
    _costs(console, found, words)
    if found.changes:
        _changes(console, found, words)
    _wish(console, found, words)


def _parts(found: Explanation, words: Words) -> Table:
    table = Table(words.say("dimension"), words.say("metric"))
    for name in ("n", "value", "against", "points", "weight", "contribution", "stars"):
        table.add_column(words.say(name), justify=NUM, no_wrap=True)
    for part in found.parts:
        stands = words.say("prior_stands") if part.absent == "entity" else ""
        table.add_row(
            words.of("dimensions", part.dimension),
            words.of("metrics", part.metric) + stands,
            f"{part.n:.1f}",
            shown_rate(part.metric, part.rate),
            shown_rate(part.metric, part.benchmark),
            f"{100 * part.points:.1f}",
            f"{100 * part.weight:.1f} %",
            f"{part.contribution:.4f}",
            f"{part.stars:+.4f}",
        )
    table.add_section()
    weight, total, stars = (
        sum(getattr(part, name) for part in found.parts) for name in ("weight", "contribution", "stars")
    )
    table.add_row(words.say("sum"), "", "", "", "", "", f"{100 * weight:.0f} %", f"{total:.4f}", f"3 {stars:+.4f}")
    return table


def _costs(console: Console, found: Explanation, words: Words) -> None:
    if not found.costs:
        console.print(words.say("no_costs"))
        return
    table = Table(words.say("order"), words.say("outcome"), title=words.say("costs_title"), title_justify="left")
    table.add_column(words.say("metric"))
    table.add_column(words.say("age"), justify=NUM)
    table.add_column(words.say("cost"), justify=NUM)
    for cost in found.costs:
        metrics = ", ".join(words.of("metrics", name) for name in cost.metrics)
        table.add_row(cost.order_id, words.of("outcomes", cost.outcome), metrics, str(cost.age), f"{cost.cost:.4f}")
    console.print(table)


def _changes(console: Console, found: Explanation, words: Words) -> None:
    console.print(words.say("changes_title", since=found.since, change=sum(found.changes.values())))
    console.print("  " + ", ".join(f"{words.of('causes', name)} {found.changes[name]:+.4f}" for name in CAUSES))


def _wish(console: Console, found: Explanation, words: Words) -> None:
    wish = found.wish
    if wish is None:
        return
    if not wish.wishes:
        console.print(words.say("wish_reached", target=wish.target))
        return
    console.print(words.say("wish_title", target=wish.target))
    for one in wish.wishes:
        values = {"value": shown_rate(one.metric, one.value), "wanted": shown_rate(one.metric, one.wanted)}
        deals = words.say("wish_deals", deals=f"{one.deals:,}") if one.deals else ""
        console.print(f"  {words.say('wish_line', metric=words.of('metrics', one.metric), **values)}{deals}")
    if not wish.reached:
        console.print(words.say("wish_beyond", target=wish.target, score=wish.score))
