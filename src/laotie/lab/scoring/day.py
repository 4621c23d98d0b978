"""A day's scores of an archive, an earlier day's beside them, and what changed between the two."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from laotie.engine.scores import changing, scoring
from laotie.engine.scores.changing import Changes, Standpoint
from laotie.engine.scores.curves import Curves
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rulebook import ENTITIES, Rulebook
from laotie.engine.scores.scoring import Market


@dataclass(frozen=True)
class Day:
    """The scores of `market.day` by kind, those of `before.day` (None: not asked for), and the rulebook of both."""

    rulebook: Rulebook
    market: Market
    scores: dict[str, Scores]
    earlier: Market | None = None
    before: dict[str, Scores] | None = None

    @property
    def day(self) -> date:
        return self.market.day

    @cached_property
    def changes(self) -> dict[str, Changes]:
        """What changed since the earlier day, by kind; empty without one."""
        if self.earlier is None or self.before is None:
            return {}
        return changing.changes(
            Standpoint(self.earlier, _curves(self.before), self.rulebook),
            Standpoint(self.market, _curves(self.scores), self.rulebook),
            self.scores,
        )


def scored(
    facts: Facts, day: date, rulebook: Rulebook, kinds: Collection[str] = ENTITIES, since: date | None = None
) -> Day:
    """Score `day`, and `since` beside it. Kinds of which the archive has nobody, or nothing to judge them by,
    are left out."""
    market = scoring.counted(facts, day, rulebook)
    found = _of(market, rulebook, kinds)
    if since is None:
        return Day(rulebook, market, found)
    earlier = scoring.counted(facts, since, rulebook)
    return Day(rulebook, market, found, earlier, _of(earlier, rulebook, kinds))


def _of(market: Market, rulebook: Rulebook, kinds: Collection[str]) -> dict[str, Scores]:
    everyone = scoring.scored(market, rulebook)
    return {kind: of for kind, of in everyone.items() if kind in kinds and len(of.total) and of.metrics}


def _curves(scores: dict[str, Scores]) -> dict[str, Curves]:
    return {kind: found.curves for kind, found in scores.items()}
