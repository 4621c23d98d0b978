"""Filter: who may be shown at all. A question of its own: ordered, named rules; the first that drops wins."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laotie.traffic.feed.stages.types import Dropped, Kept, Request, Sheet

Mask = NDArray[np.bool_]
NAMED = 24  # of what a rule dropped so many are named in the record; its count says how many there were


@dataclass(frozen=True, slots=True)
class Rule:
    """`drops` says of each candidate whether the rule takes it out. A changed meaning is a new version."""

    name: str
    version: int
    drops: Callable[[Sheet, Request], Mask]

    @property
    def full_name(self) -> str:
        return f"{self.name}@{self.version}"


def out_of_stock(sheet: Sheet, request: Request) -> Mask:
    return np.asarray(~sheet.in_stock)


def hidden_seller(sheet: Sheet, request: Request) -> Mask:
    return np.isin(sheet.seller_low, list(request.person.hidden))


RULES = (Rule("hidden_seller", 1, hidden_seller), Rule("out_of_stock", 1, out_of_stock))
IN_CATEGORY = RULES[:1]  # what is sold out stands on its category's page, as it says


def keep(sheet: Sheet, request: Request, rules: tuple[Rule, ...] = RULES) -> Kept:
    """`sheet` without what a rule drops."""
    left = np.ones(len(sheet), bool)
    dropped = []
    for rule in rules:
        out = rule.drops(sheet, request) & left
        if out.any():
            rows = np.flatnonzero(out)
            dropped.append(Dropped(rule.full_name, len(rows), tuple(sheet.items(rows[:NAMED]))))
            left &= ~out
    return Kept(sheet.taken(left) if dropped else sheet, tuple(dropped))
