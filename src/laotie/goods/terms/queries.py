"""Which terms hold for an offer at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import Offer
from laotie.goods.stock import queries as stock
from laotie.goods.terms import models
from laotie.goods.terms.contracts import Claim, CommissionPlan, Coupon, Terms, TimedPrice
from laotie.goods.terms.errors import NoSuchTerms


def terms(
    offer_ids: Iterable[UUID],
    account_id: UUID | None,
    at: datetime,
    creators: Mapping[UUID, UUID] | None = None,
) -> dict[UUID, Terms]:
    """Terms of each existing offer at `at`, for `account_id` where one is signed in.

    A timed price whose allotment is gone, or of which this buyer has had his share, no longer holds: the standing
    price does. `creators` names, by offer, the creator the buyer came from: a plan made for that creator goes before
    the open one. Where there is none nobody sold it, so no plan holds and there is no commission; what creators are
    offered is in `commission_plans`. At most six statements, however many offers. `goods.deals` reads the same in one.
    """
    standing = offers.offers(offer_ids)
    timed = _running(standing, at)
    caps = dict(models.OfferCap.objects.filter(offer_id__in=standing).values_list("offer_id", "cap"))
    bought = _bought(account_id, [*caps, *(price.id for price in timed.values())])
    plans = _plans(standing, at)
    return {
        offer.id: _terms(
            offer,
            timed.get(offer.id),
            caps.get(offer.id),
            bought,
            _plan_for(plans.get(offer.id, []), (creators or {}).get(offer.id)),
        )
        for offer in standing.values()
    }


def _terms(
    offer: Offer,
    timed: TimedPrice | None,
    cap: int | None,
    bought: Mapping[UUID, int],
    plan: CommissionPlan | None,
) -> Terms:
    if timed is not None and timed.price_minor >= offer.price.minor:
        timed = None
    bounds: list[tuple[int, int]] = [] if cap is None else [(cap, max(0, cap - bought.get(offer.id, 0)))]
    most = timed.cap_per_buyer if timed else None
    if timed is not None and most is not None:
        share = most - bought.get(timed.id, 0)
        bounds += [(most, share)] if share > 0 else []
        timed = timed if share > 0 else None
    return Terms(
        offer_id=offer.id,
        price_minor=timed.price_minor if timed else offer.price.minor,
        list_price_minor=offer.price.minor,
        cap_per_buyer=min((bound for bound, _ in bounds), default=None),
        left=min((left for _, left in bounds), default=None),
        timed_price_id=timed.id if timed else None,
        ends_at=timed.ends_at if timed else None,
        plan_id=plan.id if plan else None,
        commission_bp=plan.rate_bp if plan else 0,
    )


def _running(offer_ids: Iterable[UUID], at: datetime) -> dict[UUID, TimedPrice]:
    rows = models.TimedPrice.objects.filter(offer_id__in=list(offer_ids), starts_at__lte=at, ends_at__gt=at)
    return {price.offer_id: price for price in _timed(rows) if price.left is None or price.left > 0}


def _timed(rows: Iterable[models.TimedPrice]) -> list[TimedPrice]:
    rows = list(rows)
    allotted = [row.id for row in rows if row.allotment is not None]
    left = stock.available(allotted) if allotted else {}
    return [
        TimedPrice(
            row.id,
            row.offer_id,
            row.price_minor,
            row.starts_at,
            row.ends_at,
            row.cap_per_buyer,
            row.allotment,
            left.get(row.id),
        )
        for row in rows
    ]


def _bought(account_id: UUID | None, holders: list[UUID]) -> dict[UUID, int]:
    if account_id is None or not holders:
        return {}
    rows = models.Bought.objects.filter(account=account_id, holder__in=holders)
    return dict(rows.values_list("holder", "quantity"))


def _plans(offer_ids: Iterable[UUID], at: datetime) -> dict[UUID, list[CommissionPlan]]:
    rows = models.CommissionPlan.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), offer_id__in=list(offer_ids), starts_at__lte=at
    )
    found: dict[UUID, list[CommissionPlan]] = defaultdict(list)
    for row in rows:
        found[row.offer_id].append(_plan(row))
    return found


def _plan(row: models.CommissionPlan) -> CommissionPlan:
    return CommissionPlan(row.id, row.offer_id, row.rate_bp, tuple(row.creators), row.starts_at, row.ends_at)


def _plan_for(plans: list[CommissionPlan], creator: UUID | None) -> CommissionPlan | None:
    if creator is None:
        return None
    named = [plan for plan in plans if creator in plan.creators]
    open_to_all = [plan for plan in plans if not plan.creators]
    return next(iter(named + open_to_all), None)


def timed_price(timed_price_id: UUID) -> TimedPrice:
    """Raises NoSuchTerms."""
    rows = _timed(models.TimedPrice.objects.filter(id=timed_price_id))
    if not rows:
        raise NoSuchTerms
    return rows[0]


def plan(plan_id: UUID) -> CommissionPlan:
    """Raises NoSuchTerms."""
    row = models.CommissionPlan.objects.filter(id=plan_id).first()
    if row is None:
        raise NoSuchTerms
    return _plan(row)


def caps(offer_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The standing cap per buyer of the offers that have one."""
    return dict(models.OfferCap.objects.filter(offer_id__in=list(offer_ids)).values_list("offer_id", "cap"))


def timed_prices(offer_ids: Iterable[UUID], ending_after: datetime) -> list[TimedPrice]:
    """Timed prices that have not ended at `ending_after`, by start."""
    rows = models.TimedPrice.objects.filter(offer_id__in=list(offer_ids), ends_at__gt=ending_after)
    return _timed(rows.order_by("starts_at", "id"))


def commission_plans(offer_ids: Iterable[UUID], ending_after: datetime) -> list[CommissionPlan]:
    """Plans that have not ended at `ending_after`, by start."""
    rows = models.CommissionPlan.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=ending_after), offer_id__in=list(offer_ids)
    )
    return [_plan(row) for row in rows.order_by("starts_at", "id")]


def plans_for(creator_id: UUID, at: datetime, most: int) -> list[CommissionPlan]:
    """Plans that hold at `at` and are open to this creator, by name or to all; the best rate first."""
    rows = models.CommissionPlan.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), Q(creators=[]) | Q(creators__contains=[creator_id]), starts_at__lte=at
    )
    return [_plan(row) for row in rows.order_by("-rate_bp", "id")[:most]]


def coupon(coupon_id: UUID) -> Coupon:
    """Raises NoSuchTerms."""
    found = coupons([coupon_id])
    if coupon_id not in found:
        raise NoSuchTerms
    return found[coupon_id]


def coupons(coupon_ids: Iterable[UUID]) -> dict[UUID, Coupon]:
    """Those that exist, in two statements. One that was closed has none left."""
    rows = list(models.Coupon.objects.filter(id__in=set(coupon_ids)))
    left = stock.available([row.id for row in rows]) if rows else {}
    return {row.id: _coupon(row, left.get(row.id, 0)) for row in rows}


def _coupon(row: models.Coupon, left: int) -> Coupon:
    return Coupon(
        row.id, row.shop_id, row.amount_minor, row.threshold_minor, row.budget_minor, row.cap_per_buyer,
        row.starts_at, row.ends_at, row.payer, 0 if row.closed_at else left,
    )  # fmt: skip


def is_open(coupon_id: UUID, at: datetime) -> bool:
    """Whether a coupon can be claimed at `at`, if any is left."""
    return models.Coupon.objects.filter(id=coupon_id, closed_at=None, starts_at__lte=at, ends_at__gt=at).exists()


def claims_in_hand(account_id: UUID, at: datetime) -> list[Claim]:
    """Coupons that the account can use at `at`: the best first, then what ends soonest."""
    rows = models.CouponClaim.objects.select_related("coupon").filter(
        account=account_id, order=None, coupon__ends_at__gt=at
    )
    found = [Claim(row.id, _coupon(row.coupon, 0), account_id, row.claimed_at, None) for row in rows[:200]]
    return sorted(found, key=lambda each: (-each.coupon.amount_minor, each.coupon.ends_at))


def claimed(account_id: UUID, coupon_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the coupons that the account has, or has used."""
    rows = models.CouponClaim.objects.filter(account=account_id, coupon_id__in=list(coupon_ids))
    return set(rows.values_list("coupon_id", flat=True))
