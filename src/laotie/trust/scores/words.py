"""What metrics, dimensions, bands and outcomes are called."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laotie.trust.rulebook.queries import band_name, dimension_name, metric_name
from laotie.trust.scores.contracts import Part, Score

STATUSES: dict[str, Promise] = {
    "official": gettext_lazy("official"),
    "provisional": gettext_lazy("provisional: fewer than 30 matured deals"),
}
OUTCOMES: dict[str, Promise] = {
    "late": gettext_lazy("arrived late"),
    "quality": gettext_lazy("first reason: quality"),
    "damaged": gettext_lazy("first reason: damaged"),
    "not_as_claimed": gettext_lazy("first reason: not as claimed"),
    "service": gettext_lazy("first reason: service"),
    "changed_mind": gettext_lazy("changed their mind"),
    "seller_cancelled": gettext_lazy("cancelled by the shop"),
    "good": gettext_lazy("reviewed badly"),
}


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
    """The score's dimensions in the rulebook's order."""
    names = list(dict.fromkeys(part.dimension for part in score.parts))
    return [_row(name, [part for part in score.parts if part.dimension == name]) for name in names]


def _row(name: str, parts: list[Part]) -> Row:
    weight = sum(part.weight for part in parts)
    points = sum(part.contribution for part in parts) / weight if weight else 0.0
    stars = sum(part.stars for part in parts)
    return Row(dimension_name(name), 100 * weight, points, stars, tuple(_part(part) for part in parts))


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": metric_name(part.metric),
        "of_hundred": 100 * part.rate,
        "benchmark": 100 * part.benchmark,
        "points": part.points,
        "stars": part.stars,
        "n": part.n,
    }


def headline(score: Score, kind: str) -> str:
    """One sentence that says where a score stands."""
    band = band_name(score.band)
    if kind == "shop":
        return _("Shop experience: {band}").format(band=band)
    return _("Product score: {band}").format(band=band)
