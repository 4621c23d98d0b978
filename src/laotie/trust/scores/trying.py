"""A day's scores by a rulebook that may not be in force: computed and handed back; nothing is kept or written down."""

from collections.abc import Iterator
from datetime import date

from laotie.engine.scores.rulebook import Rulebook
from laotie.kit import clock, market
from laotie.stream.lake.queries import Snapshot
from laotie.trust.scores import keeping, weeks
from laotie.trust.scores.computing import Day, compute
from laotie.trust.scores.contracts import KINDS, Decided, Tried
from laotie.trust.scores.gathering import gather
from laotie.trust.scores.standing import seller


def tried(lake: Snapshot, day: date, rulebook: Rulebook) -> list[Tried]:
    """Everybody's score of `day` by `rulebook`, with what it would open. Takes as long as publishing does."""
    facts = gather(lake, day, market.current().time_zone, clock.now())
    days = compute(facts, day, rulebook, KINDS, weeks.standing(day, rulebook))
    return [each for found in days for each in _tried(found, rulebook)]


def _tried(found: Day, rulebook: Rulebook) -> Iterator[Tried]:
    scores = found.scores
    for row, entity in keeping.entities(found):
        band, status = str(scores.band[row]), str(scores.status[row])
        decided = Decided(entity, status, band, tuple(found.gates(row)))
        standing = seller(decided, round(float(found.multiplier[row]) * 10_000), found.kind, rulebook)
        yield Tried(
            kind=found.kind,
            entity_id=entity,
            score=float(scores.score[row]),
            band=band,
            status=status,
            deals=int(scores.evidence.deals[row]),
            multiplier=float(found.multiplier[row]),
            may_offer_plans=standing.may_offer_plans,
            settlement_days=standing.settlement_days,
        )
