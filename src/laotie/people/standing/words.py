"""What bands are called, and standings as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from laotie.people.standing.contracts import Standing

BANDS: dict[str, Promise] = {
    "leading": gettext_lazy("Leading"),
    "good": gettext_lazy("Good"),
    "weak": gettext_lazy("Weak"),
}
TONES = {"leading": "good", "good": "", "weak": "wait"}


@dataclass(frozen=True, slots=True)
class Row:
    """A decision beside the one before it: `turned` where it is more than a new multiplier."""

    standing: Standing
    turned: bool

    @property
    def band(self) -> Promise:
        return BANDS[self.standing.band]

    @property
    def tone(self) -> str:
        return TONES[self.standing.band]


def rows(history: Sequence[Standing]) -> list[Row]:
    """A history, newest first, as rows; the oldest turned nothing."""
    pairs = [Row(newer, _rights(newer) != _rights(older)) for newer, older in pairwise(history)]
    return pairs + [Row(oldest, turned=False) for oldest in history[-1:]]


def _rights(standing: Standing) -> tuple[str, bool, int]:
    return standing.band, standing.may_offer_plans, standing.settlement_days
