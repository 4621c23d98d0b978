"""What a shop's score opened, and what one step up would open: the rulebook's bands beside where the shop stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from laotie.engine.scores import resources
from laotie.engine.scores.points import GOOD, LEADING, OFFICIAL, WEAK
from laotie.engine.scores.rulebook import Rulebook
from laotie.trust.scores.contracts import Score

BANDS = (WEAK, GOOD, LEADING)


@dataclass(frozen=True, slots=True)
class Step:
    """A band: from which score, and what it opens. `since`: days in a row beyond its line, of the `days` it takes."""

    band: str
    line: float
    settlement_days: int
    may_offer_plans: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps from weak to leading. `missing`: score units to the line of the next one and its margin."""

    steps: tuple[Step, ...]
    official: bool
    next_band: str
    missing: float
    held: int
    days: int
    margin: float
    enough: int


def ladder(score: Score, history: Sequence[Score], rulebook: Rulebook) -> Ladder:
    """Where a score stands. `history`: the published days, newest first."""
    bands, rule = rulebook.bands, rulebook.resources
    lines = {WEAK: 3.0, GOOD: bands.good, LEADING: bands.leading}
    steps = tuple(
        Step(
            band,
            lines[band],
            resources.settlement_days(band, OFFICIAL, rule),
            resources.may_offer_plans(band, OFFICIAL, rule),
            score.band == band and score.status == OFFICIAL,
        )
        for band in BANDS
    )
    above = BANDS[BANDS.index(score.band) + 1 :]
    target = lines[above[0]] + bands.margin if above else 5.0
    held = next((n for n, day in enumerate(history) if day.score < target), len(history)) if above else 0
    return Ladder(
        steps, score.status == OFFICIAL, above[0] if above else "", max(target - score.score, 0.0),
        min(held, bands.days), bands.days, bands.margin, rulebook.cohort.enough,
    )  # fmt: skip
