"""What a night's deals give to a judge: the rules of `engine.risk`, each asked in turn. No database.

A deal is in one proposal at most: the surest takes it.
"""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from laotie.engine.risk import blocks, reviewers, rules, traces
from laotie.engine.risk.market import pairs
from laotie.trust.risk.contracts import Proposal
from laotie.trust.risk.seeing import Seen

MOST = 50  # proposals of a night, the surest first: operators read them all
Marks = NDArray[np.bool_]


def propose(seen: Seen, weighty: Iterable[Collection[UUID]] = ()) -> list[Proposal]:
    """The proposals, surest first, at most MOST. `weighty`: the deals of each buyer without whom a published score
    would stand elsewhere."""
    marks = marks_of(seen)
    found = [*_blocks(seen, marks), *_bad_blocks(seen, marks), *_unfair(seen, marks), *_heavy(seen, marks, weighty),
             *_own(seen, marks)]  # fmt: skip
    found.sort(key=lambda proposal: (-proposal.confidence, -len(proposal.lines), proposal.lines))
    taken: set[int] = set()
    kept = []
    for proposal in found:
        if rules.decision(proposal.confidence) != "nothing" and not taken.intersection(proposal.lines):
            taken.update(proposal.lines)
            kept.append(proposal)
    return kept[:MOST]


def marks_of(seen: Seen) -> dict[str, Marks]:
    """By the name of a trace the deals that bear it."""
    day = np.floor(np.nan_to_num(seen.placed)).astype(np.int64)
    return {
        rules.OWN_DEAL.name: seen.own,
        rules.IMPOSSIBLE_PARCEL.name: traces.impossible(seen.shipped, seen.signed),
        rules.REFUND_AFTER_PRAISE.name: traces.refunded_after_praise(seen.stars, seen.reviewed, seen.refunded),
        rules.BURST.name: traces.bursts(seen.shop, day, len(seen.shops)),
    }


def _blocks(seen: Seen, marks: dict[str, Marks]) -> Iterator[Proposal]:
    everything = np.ones(len(seen.buyer), dtype=np.bool_)
    yield from _dense(seen, marks, everything, rules.DENSE_BLOCK)


def _bad_blocks(seen: Seen, marks: dict[str, Marks]) -> Iterator[Proposal]:
    yield from _dense(seen, marks, seen.bad, rules.BAD_BLOCK)


def _dense(seen: Seen, marks: dict[str, Marks], among: Marks, rule: rules.Rule) -> Iterator[Proposal]:
    graph = pairs(seen.buyer[among], seen.shop[among], len(seen.buyers), len(seen.shops))
    for block in blocks.find(graph, seen.group):
        inside = among & np.isin(seen.buyer, block.buyers) & np.isin(seen.shop, block.shops)
        yield _proposal(rule, inside, marks, block)


def _unfair(seen: Seen, marks: dict[str, Marks]) -> Iterator[Proposal]:
    """The bad deals of each reviewer whose word is unfair; odd behaviour counts for more than words."""
    told = ~np.isnan(seen.stars)
    odd = np.bincount(seen.buyer, sum(marks.values(), np.zeros(len(seen.buyer))) > 0, len(seen.buyers))
    deals = np.maximum(np.bincount(seen.buyer, minlength=len(seen.buyers)), 1)
    judged = reviewers.judge(seen.buyer[told], seen.shop[told], (seen.stars[told] - 3) / 2, 1 - odd / deals)
    for buyer in np.flatnonzero(reviewers.unfair(judged, seen.buyer[told])):
        own = seen.bad & (seen.buyer == buyer)
        if own.any():
            yield _proposal(rules.UNFAIR_REVIEWER, own, marks)


def _heavy(seen: Seen, marks: dict[str, Marks], weighty: Iterable[Collection[UUID]]) -> Iterator[Proposal]:
    """The deals of the buyers whom scores were found to rest on, as far as they are seen."""
    place = {line: row for row, line in enumerate(seen.lines)}
    for lines in weighty:
        inside = np.zeros(len(seen.lines), dtype=np.bool_)
        inside[[place[line] for line in lines if line in place]] = True
        if inside.any():
            yield _proposal(rules.HEAVY_ACTOR, inside, marks)


def _own(seen: Seen, marks: dict[str, Marks]) -> Iterator[Proposal]:
    """Deals that those who run a shop made with it, shop by shop."""
    for shop in np.unique(seen.shop[seen.own]):
        yield _proposal(rules.OWN_DEAL, seen.own & (seen.shop == shop), marks)


def _proposal(rule: rules.Rule, inside: Marks, marks: dict[str, Marks], block: blocks.Block | None = None) -> Proposal:
    shares = {name: float(mark[inside].mean()) for name, mark in marks.items() if mark[inside].any()}
    others = {name: share for name, share in shares.items() if name != rule.name}
    return Proposal(
        rule=rule.id,
        lines=tuple(np.flatnonzero(inside).tolist()),
        confidence=rules.confidence(rule, others),
        shares=shares,
        expected=block.expected if block else 0.0,
        evidence=block.evidence if block else 0.0,
    )
