"""The facts of voids. Each names its rule and its cause, so that a later fact can take back exactly that void."""

from dataclasses import dataclass
from uuid import UUID

from laotie.stream.facts import Fact, fact


@fact("deal.voided", version=1)
@dataclass(frozen=True, slots=True)
class DealVoided(Fact):
    """A deal counts in no score any more. `rule` says by what (appeal, dense_block/1 …), `cause_id` which one."""

    line_id: UUID
    order_id: UUID
    shop_id: UUID
    rule: str
    cause_id: UUID


@fact("deal.restored", version=1)
@dataclass(frozen=True, slots=True)
class DealRestored(Fact):
    """The void of `cause_id` was wrong: the deal counts again, unless another void stands."""

    line_id: UUID
    order_id: UUID
    shop_id: UUID
    rule: str
    cause_id: UUID
