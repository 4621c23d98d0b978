"""What leaves the terms of sale."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laotie.stream.facts import Fact, fact


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one offer at a moment, for one buyer where he is known. Copied onto the order line.

    `price_minor` is what a piece costs now, `list_price_minor` its standing price (equal when there is no timed
    price). `cap_per_buyer` bounds one buyer; `left` is what this buyer may still take under it (None: no bound).
    `timed_price_id` goes back into `goods_take` when the order is placed. `plan_id` and `commission_bp`: the
    commission plan that holds for the creator the buyer came from; None and 0 where nobody sold it to him.
    """

    offer_id: UUID
    price_minor: int
    list_price_minor: int
    cap_per_buyer: int | None = None
    left: int | None = None
    timed_price_id: UUID | None = None
    ends_at: datetime | None = None
    plan_id: UUID | None = None
    commission_bp: int = 0


@dataclass(frozen=True, slots=True)
class TimedPrice:
    """A price from `starts_at` to `ends_at`. `allotment` pieces at that price, `left` of them; None: unbounded."""

    id: UUID
    offer_id: UUID
    price_minor: int
    starts_at: datetime
    ends_at: datetime
    cap_per_buyer: int | None
    allotment: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class CommissionPlan:
    """`rate_bp` of what the line is paid; `creators` empty: open to all. `ends_at` None: until it is ended."""

    id: UUID
    offer_id: UUID
    rate_bp: int
    creators: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Coupon:
    """`amount_minor` off the goods of one shop's order from `threshold_minor` on, before `ends_at`, paid by `payer`.

    A coupon that somebody claimed is kept for him whatever others do: `budget_minor` is bound when it is claimed, not
    when it is used. `left` may still be claimed, `cap_per_buyer` of them by one account.
    """

    id: UUID
    shop_id: UUID
    amount_minor: int
    threshold_minor: int
    budget_minor: int
    cap_per_buyer: int
    starts_at: datetime
    ends_at: datetime
    payer: str
    left: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A coupon in somebody's hand. `order_id`: the order that it was used for, None while it is good."""

    id: UUID
    coupon: Coupon
    account_id: UUID
    claimed_at: datetime
    order_id: UUID | None

    def off(self, goods_minor: int) -> int:
        """What it takes off goods of so much: never more than they cost."""
        return min(self.coupon.amount_minor, goods_minor) if goods_minor >= self.coupon.threshold_minor else 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line that an order wants to take: `timed_price_id` as the terms said."""

    offer_id: UUID
    quantity: int
    timed_price_id: UUID | None = None


@fact("price.timed", version=1)
@dataclass(frozen=True, slots=True)
class PriceTimed(Fact):
    """An offer will cost `price_minor` from `starts_at` until before `ends_at`."""

    timed_price_id: UUID
    offer_id: UUID
    product_id: UUID
    shop_id: UUID
    price_minor: int
    starts_at: datetime
    ends_at: datetime
    allotment: int | None


@fact("price.timed_ended", version=1)
@dataclass(frozen=True, slots=True)
class PriceTimedEnded(Fact):
    """A timed price was ended before its time."""

    timed_price_id: UUID
    offer_id: UUID
    product_id: UUID
    shop_id: UUID


@fact("commission.offered", version=1)
@dataclass(frozen=True, slots=True)
class CommissionOffered(Fact):
    """Creators (`creators`, or all when empty) may sell an offer for `rate_bp` of what a line is paid."""

    plan_id: UUID
    offer_id: UUID
    product_id: UUID
    shop_id: UUID
    rate_bp: int
    creators: list[UUID]
    starts_at: datetime
    ends_at: datetime | None


@fact("commission.ended", version=1)
@dataclass(frozen=True, slots=True)
class CommissionEnded(Fact):
    """No further order copies the plan."""

    plan_id: UUID
    offer_id: UUID
    product_id: UUID
    shop_id: UUID


@fact("coupon.made", version=1)
@dataclass(frozen=True, slots=True)
class CouponMade(Fact):
    """A shop will bear (`payer`) a coupon, handed out in `session` where there is one."""

    coupon: UUID
    shop_id: UUID
    amount_minor: int
    threshold_minor: int
    budget_minor: int
    cap_per_buyer: int
    ends_at: datetime
    payer: str
    session: UUID | None


@fact("coupon.ended", version=1)
@dataclass(frozen=True, slots=True)
class CouponEnded(Fact):
    """Nobody can claim it any more; those claimed are good until their time."""

    coupon: UUID
    shop_id: UUID


@fact("coupon.claimed", version=1)
@dataclass(frozen=True, slots=True)
class CouponClaimed(Fact):
    """Somebody took one."""

    coupon: UUID
    claim: UUID
    shop_id: UUID
    account: UUID
    amount_minor: int
