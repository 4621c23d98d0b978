"""Hydrate: candidates of all sources become one sheet, each once, with standing and estimates.

The index says what they are; standing is read from where trust wrote it down (so it counts at once), estimates from
this slice's own table. Both are remembered for a while by item, so a page seldom asks for more than it has not seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from laotie.engine.matching.policy import Policy
from laotie.goods.standing import queries as product_standing
from laotie.kit import clock
from laotie.kit.memory import ShortMemory
from laotie.people.standing import queries as seller_standing
from laotie.places.search import queries as search
from laotie.places.search.contracts import Columns
from laotie.traffic.feed.models import Estimate
from laotie.traffic.feed.stages.types import COLUMNS, Floats, Ints, Proposal, Sheet

Known = tuple[float, str]
"""A multiplier in basis points (NaN: none decided) and the run that decided it."""
Decided = Callable[[list[UUID], datetime], Mapping[UUID, tuple[int, str]]]
AGES = 10  # standing changes once a day, estimates once an hour: half a minute late is soon enough
# By the number of the id: ids themselves are slow to compare.
_items: ShortMemory[int, Known] = ShortMemory(50_000, AGES)
_sellers: ShortMemory[int, Known] = ShortMemory(10_000, AGES)
_rates: ShortMemory[int, tuple[float, ...]] = ShortMemory(50_000, AGES)


@dataclass(slots=True)
class _Runs:
    """Names of runs, each once."""

    names: dict[str, int]

    def columns(self, known: Sequence[Known]) -> tuple[Floats, Ints]:
        numbers = [self.names.setdefault(by, len(self.names)) if by else -1 for _bp, by in known]
        return np.array([bp for bp, _by in known], np.float64), np.array(numbers, np.int64)


def hydrate(proposals: Sequence[Proposal], policy: Policy) -> Sheet:
    """One sheet of all `proposals`."""
    columns, bits, kinds = _merged(proposals)
    items, sellers = columns.product_keys, columns.shop_keys
    runs = _Runs({})
    item_bp, item_by = runs.columns(_of(_items, items, product_standing.multipliers))
    seller_bp, seller_by = runs.columns(_of(_sellers, sellers, seller_standing.multipliers))
    rates = _rates.get_many(items, lambda missing: _read_rates(missing, policy))
    return Sheet(
        columns.high, columns.low, columns.shop_high, columns.shop_low, kinds, columns.category, columns.listed,
        columns.in_stock, bits, np.array([rates[item] for item in items]).reshape(len(items), len(policy.prior)),
        item_bp, seller_bp, item_by, seller_by, tuple(runs.names), "estimates-1",
    )  # fmt: skip


def joined(shared: Sheet, own: Sheet) -> Sheet:
    """The shared sheet with a person's own candidates; of what is in both, the sources add up."""
    if not len(own):
        return shared
    place = {low: row for row, low in enumerate(shared.low.tolist())}
    rows = np.array([place.get(low, -1) for low in own.low.tolist()])
    both = rows >= 0
    bits = shared.sources.copy()
    bits[rows[both]] |= own.sources[both]
    shared, fresh = replace(shared, sources=bits), own.taken(~both)
    shift = len(shared.runs)
    fresh = replace(fresh, item_by=_shifted(fresh.item_by, shift), seller_by=_shifted(fresh.seller_by, shift))
    columns: dict[str, Any] = {name: np.concatenate([getattr(shared, name), getattr(fresh, name)]) for name in COLUMNS}
    return replace(shared, runs=(*shared.runs, *fresh.runs), **columns)


def _shifted(numbers: Ints, shift: int) -> Ints:
    return np.where(numbers >= 0, numbers + shift, numbers)


def _merged(proposals: Sequence[Proposal]) -> tuple[Columns, Ints, Ints]:
    """All columns one below the other, doubles left out; bits of the sources; kinds."""
    parts = [search.columns_of(()), *(proposal.columns for proposal in proposals)]
    whole = [np.concatenate([getattr(part, name) for part in parts]) for name in Columns.__slots__]
    bits = np.repeat([1 << p.source for p in proposals], [len(p.columns) for p in proposals]).astype(np.int64)
    kinds = np.repeat([p.kind for p in proposals], [len(p.columns) for p in proposals]).astype(np.int64)
    _low, first, row = np.unique(whole[1], return_index=True, return_inverse=True)
    joined_bits = np.zeros(len(first), np.int64)
    np.bitwise_or.at(joined_bits, row, bits)
    order = np.argsort(first)
    kept = first[order]
    return Columns(*(column[kept] for column in whole)), joined_bits[order], kinds[kept]


def _of(memory: ShortMemory[int, Known], keys: list[int], decided: Decided) -> list[Known]:
    known = memory.get_many(set(keys), lambda missing: _read(missing, decided))
    return [known[key] for key in keys]


def _read(keys: list[int], decided: Decided) -> dict[int, Known]:
    nothing: dict[int, Known] = dict.fromkeys(keys, (float("nan"), ""))
    found = decided([UUID(int=key) for key in keys], clock.now())
    return nothing | {identity.int: (float(bp), by) for identity, (bp, by) in found.items()}


def _read_rates(keys: list[int], policy: Policy) -> dict[int, tuple[float, ...]]:
    rows = Estimate.objects.filter(item_id__any=[UUID(int=key) for key in keys]).values_list("item_id", "rates")
    return dict.fromkeys(keys, policy.prior) | {identity.int: tuple(rates) for identity, rates in rows}
