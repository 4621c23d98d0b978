"""Record: one fact a request, posted to the journal of decisions. No page waits for it, and none fails without it."""

from uuid import UUID

import numpy as np

from laotie.kit import clock
from laotie.stream.bus import bus
from laotie.stream.decisions import poster
from laotie.stream.facts import Recorded, encode
from laotie.traffic.feed import sources
from laotie.traffic.feed.contracts import NONE_BP, FeedDecided
from laotie.traffic.feed.stages.explain import MILLIONTHS
from laotie.traffic.feed.stages.filter import Rule
from laotie.traffic.feed.stages.types import KINDS, Dropped, Explained, Floats, Ints, Request


def record(explained: Explained, request: Request, rules: tuple[Rule, ...]) -> FeedDecided:
    """Post the decision's fact; returns it."""
    decided = fact_of(explained, request, rules)
    now = clock.now()
    recorded = Recorded(request.decision, decided.KIND, decided.VERSION, now, now, dict(encode(decided)))
    poster.post(bus, str(request.decision), recorded)
    return decided


def fact_of(explained: Explained, request: Request, rules: tuple[Rule, ...]) -> FeedDecided:
    """The fact of a decision."""
    scored, slots = explained.arranged.scored, explained.arranged.ranked.slots
    sheet = scored.kept.sheet
    rows = np.array([slot.row for slot in slots], np.int64)
    dropped = scored.kept.dropped
    return FeedDecided(
        decision=request.decision,
        viewer=request.asking.viewer,
        place=request.asking.place,
        thread=request.thread,
        first=request.first,
        policy=request.policy.name,
        policy_version=request.policy.version,
        rules=[rule.full_name for rule in rules],
        model=sheet.model,
        candidates=len(sheet) + sum(group.count for group in dropped),
        items=sheet.items(rows),
        kinds=[KINDS[kind] for kind in sheet.kind[rows].tolist()],
        sellers=sheet.sellers(rows),
        arms=[slot.arm for slot in slots],
        sources=[sources.names_of(bits) for bits in sheet.sources[rows].tolist()],
        log_propensity_e6=[round(slot.log_propensity * MILLIONTHS) for slot in slots],
        score_e6=explained.score_e6.tolist(),
        multiplier_bp=np.rint(scored.candidates.multiplier[rows] * 10_000).astype(int).tolist(),
        item_bp=_points(sheet.item_bp[rows]),
        seller_bp=_points(sheet.seller_bp[rows]),
        decided_by=list(sheet.runs),
        item_by=sheet.item_by[rows].tolist(),
        seller_by=sheet.seller_by[rows].tolist(),
        codes=list(explained.codes),
        parts_e6=explained.parts_e6.ravel().tolist(),
        dropped_rules=[group.rule for group in dropped],
        dropped_counts=[group.count for group in dropped],
        dropped_items=_items(dropped),
        dropped_items_rules=[number for number, group in enumerate(dropped) for _item in group.items],
    )


def _points(multipliers: Floats) -> list[int]:
    found: Ints = np.where(np.isnan(multipliers), NONE_BP, multipliers).astype(np.int64)
    return [int(points) for points in found]


def _items(dropped: tuple[Dropped, ...]) -> list[UUID]:
    return [item for group in dropped for item in group.items]
