"""A day's scores by a rulebook that may not be in force: computed and handed back; nothing is kept or written down."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from laotie.engine.scores import resources
from laotie.engine.scores.rulebook import Rulebook
from laotie.kit import clock, market
from laotie.stream.lake.queries import Snapshot
from laotie.trust.scores.computing import Day, compute
from laotie.trust.scores.contracts import KINDS, Tried
from laotie.trust.scores.gathering import gather


def tried(lake: Snapshot, day: date, rulebook: Rulebook) -> list[Tried]:
    """Everybody's score of `day` by `rulebook`, with what it would open. Takes as long as publishing does."""
    facts = gather(lake, day, market.current().time_zone, clock.now())
    return [each for found in compute(facts, day, rulebook, KINDS) for each in _tried(found, rulebook)]


def _tried(found: Day, rulebook: Rulebook) -> Iterator[Tried]:
    scores, rule = found.scores, rulebook.resources
    for row, entity in enumerate(found.entities):
        band, status = str(scores.band[row]), str(scores.status[row])
        yield Tried(
            kind=found.kind,
            entity_id=UUID(entity),
            score=float(scores.score[row]),
            band=band,
            status=status,
            deals=int(scores.evidence.deals[row]),
            multiplier=float(found.multiplier[row]),
            may_offer_plans=resources.may_offer_plans(band, status, rule),
            settlement_days=resources.settlement_days(band, status, rule),
        )
