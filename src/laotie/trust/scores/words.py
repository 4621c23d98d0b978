"""Scores in words: statuses, outcomes, dimensions with their metrics, what changed, what would have to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from laotie.kit import market
from laotie.kit.charts import Trend, trend
from laotie.trust.rulebook.queries import band_name, dimension_name, kind_name, metric_name
from laotie.trust.scores.contracts import Part, Score, WhatIf, Wish

STATUSES: dict[str, Promise] = {
    "official": gettext_lazy("official"),
    "provisional": gettext_lazy("provisional: too few matured deals yet"),
    "none": gettext_lazy("new: no matured deal yet"),
}
OUTCOMES: dict[str, Promise] = {
    "late": gettext_lazy("arrived late"),
    "quality": gettext_lazy("first reason: quality"),
    "damaged": gettext_lazy("first reason: damaged"),
    "not_as_claimed": gettext_lazy("first reason: not as claimed"),
    "service": gettext_lazy("first reason: service"),
    "changed_mind": gettext_lazy("changed their mind"),
    "seller_cancelled": gettext_lazy("cancelled by the shop"),
    "good": gettext_lazy("delivered"),
}
CHANGES: dict[str, tuple[Promise, Promise]] = {
    "new": (gettext_lazy("New facts"), gettext_lazy("deals that matured and what buyers said since")),
    "aged": (gettext_lazy("Facts that aged"), gettext_lazy("older deals weigh less or left the window")),
    "benchmark": (gettext_lazy("Benchmark"), gettext_lazy("what the category does, fitted anew each week")),
    "rule": (gettext_lazy("Rule"), gettext_lazy("another rulebook counts")),
}
DEDUCTION = "deduction"


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension as a page shows it. `points` 0 … 1, `weight` in per cent; `parts` are its metrics."""

    name: str
    weight: float
    points: float
    stars: float
    parts: tuple[dict[str, Any], ...]

    @property
    def tone(self) -> str:
        return "jade" if self.points >= 0.5 else "honey"


def dimensions(score: Score) -> list[Row]:
    """The score's dimensions in the rulebook's order; what judged violations took off stands apart."""
    parts = [part for part in score.parts if part.dimension != DEDUCTION]
    names = list(dict.fromkeys(part.dimension for part in parts))
    return [_row(name, [part for part in parts if part.dimension == name]) for name in names]


def deducted(score: Score) -> float:
    """What judged violations took off, in score units: 0 or less."""
    return sum(part.stars for part in score.parts if part.dimension == DEDUCTION)


def _row(name: str, parts: list[Part]) -> Row:
    weight = sum(part.weight for part in parts)
    points = sum(part.contribution for part in parts) / weight if weight else 0.0
    stars = sum(part.stars for part in parts)
    return Row(dimension_name(name), 100 * weight, points, stars, tuple(_part(part) for part in parts))


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": metric_name(part.metric),
        "value": value(part.kind, part.rate),
        "benchmark": value(part.kind, part.benchmark),
        "weight": 100 * part.weight,
        "points": part.points,
        "stars": part.stars,
        "n": part.n,
        "unknown": bool(part.absent),
        "worse": part.rate < part.benchmark if part.better == "higher" else part.rate > part.benchmark,
    }


def value(kind: str, figure: float) -> str:
    """A metric's value as people say it."""
    if kind == "time":
        return _("{minutes} min").format(minutes=f"{figure:,.1f}")
    if kind == "amount":
        return _("{amount} a thousand exposures").format(amount=market.current().money(round(figure)))
    if kind == "table":
        return _("{points} points").format(points=f"{figure:.2f}")
    return _("{rate} of 100").format(rate=f"{100 * figure:.1f}")


def headline(score: Score, kind: str) -> str:
    """One sentence that says where a score stands; of too few deals it has no band that anybody should read."""
    if score.status != "official":
        return _("{kind}: new").format(kind=kind_name(kind))
    return _("{kind}: {band}").format(kind=kind_name(kind), band=band_name(score.band))


def status(score: Score) -> str:
    """How sure a score is."""
    return str(STATUSES.get(score.status, score.status))


def changed(score: Score) -> list[dict[str, Any]]:
    """What moved the score since the day before, in its four parts; nothing where that was not kept."""
    if score.change is None:
        return []
    return [{"name": name, "words": said, "by": getattr(score.change, key)} for key, (name, said) in CHANGES.items()]


def wishes(found: WhatIf, score: Score) -> list[dict[str, Any]]:
    """The changes that a target asks for, in words."""
    kinds = {part.metric: part.kind for part in score.parts}
    return [_wish(wish, kinds.get(wish.metric, "rate")) for wish in found.wishes]


def _wish(wish: Wish, kind: str) -> dict[str, Any]:
    deals = ngettext("or {n} good deal in a row", "or {n} good deals in a row", wish.deals).format(n=wish.deals)
    return {
        "name": metric_name(wish.metric),
        "dimension": dimension_name(wish.dimension),
        "now": value(kind, wish.value),
        "wanted": value(kind, wish.wanted),
        "deals": deals if wish.deals else "",
        "points": wish.points,
        "points_wanted": wish.points_wanted,
    }


def course(
    published: Sequence[Score], corrected: Sequence[Score], lines: tuple[float, float]
) -> tuple[Trend, list[dict[str, Any]]]:
    """The score day by day, as published and as corrected, with the lines of the bands; and the same as rows."""
    plain = {score.day: score.score for score in reversed(published)}
    mended: dict[Any, float] = {}
    for score in corrected:  # the newest correction of a day comes first
        mended.setdefault(score.day, score.score)
    days = sorted(plain.keys() | mended.keys())
    series = [(_("As published"), "jade", [plain.get(day) for day in days])]
    if mended:
        series.append((_("As corrected"), "plum", [mended.get(day) for day in days]))
    good, leading = lines
    chart = trend([str(day) for day in days], series, [(good, band_name("good")), (leading, band_name("leading"))])
    return chart, [{"day": day, "published": plain.get(day), "corrected": mended.get(day)} for day in reversed(days)]
