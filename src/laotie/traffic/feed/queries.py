"""Reading the feed: decisions, their records, and what is believed of a person."""

from uuid import UUID, uuid5

import numpy as np

from laotie.engine.matching.exposure import share_of_exposure
from laotie.stream import recorder
from laotie.stream.bus import BusAway, bus
from laotie.stream.decisions import DECISIONS
from laotie.stream.facts import BadFact, Recorded
from laotie.stream.journals.posting import last
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.store import LakeError, LocalStore
from laotie.traffic.feed import models, pipeline
from laotie.traffic.feed.contracts import Asking, Belief, FeedDecided, Record
from laotie.traffic.feed.errors import NoRecord, NoSlot, NotYours

TRIALS = UUID("7e1a15f0-0000-4000-8000-000000000000")  # names the seeds of decisions that are only tried
PATIENCE = 2.0  # seconds for the journal


def record_for(viewer: UUID | None, decision: UUID, position: int = 0) -> Record:
    """The record of a decision, where `viewer` may see it: a person's own, or one that was made for no one in
    particular (its id is known to whoever saw the page). Raises NoRecord, NotYours, NoSlot."""
    found = record(decision)
    if found is None:
        raise NoRecord
    if found.fact.viewer is not None and found.fact.viewer != viewer:
        raise NotYours
    if position >= found.size:
        raise NoSlot
    return found


def record(decision: UUID) -> Record | None:
    """A decision's record, whoever it was made for: from the journal, else from the lake."""
    found = _in_journal(decision) or _in_lake(decision)
    try:
        fact = found.fact() if found else None
    except BadFact:
        return None
    return Record(found.occurred_at, fact) if found and isinstance(fact, FeedDecided) else None


def share(seller_id: UUID, asking: Asking, trials: int = 200) -> float:
    """The share of all slots that a seller has in so many decisions of `asking`, each drawn with a seed of its own,
    always the same ones. Nothing is recorded."""
    rules, pages = pipeline.rules_of(asking), []
    for trial in range(trials):
        request = pipeline.requested(asking, uuid5(TRIALS, str(trial)))
        arranged = pipeline.stages(request, rules).arranged
        rows = np.array([slot.row for slot in arranged.ranked.slots], np.int64)
        pages.append(arranged.scored.kept.sheet.sellers(rows))
    return share_of_exposure(seller_id, pages)


def beliefs(viewer: UUID) -> list[Belief]:
    """What the feed believes of a person, the strongest first."""
    rows = models.Belief.objects.filter(viewer=viewer).order_by("kind", "-strength", "target_id")
    return [Belief(row.kind, row.target_id, row.strength, row.since) for row in rows]


def hides(viewer: UUID, shop_id: UUID) -> bool:
    """Whether the person does not want to see the shop."""
    return models.Belief.objects.filter(viewer=viewer, kind="hidden", target_id=shop_id).exists()


def _in_journal(decision: UUID) -> Recorded | None:
    try:
        return last(bus(), DECISIONS, str(decision), PATIENCE)
    except (BusAway, ValueError, KeyError, TypeError):
        return None


def _in_lake(decision: UUID) -> Recorded | None:
    try:
        return snapshot(LocalStore(recorder.folder())).find(FeedDecided.KIND, decision)
    except LakeError:
        return None
