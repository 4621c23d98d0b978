"""Coupons: made by a shop, claimed once by whoever comes in time, used by the order that names the claim.

The budget is bound when a coupon is claimed, so that what somebody has in his hand is good. Orders use and give back
claims in SQL of their own transaction (`goods_coupons_use`, `goods_coupons_return`).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from laotie.goods.stock import actions as stock
from laotie.goods.terms import models, queries
from laotie.goods.terms.checks import check_count, check_span
from laotie.goods.terms.contracts import Claim, Coupon, CouponClaimed, CouponEnded, CouponMade
from laotie.goods.terms.errors import BadCoupon, CouponHad, CouponsGone, NoSuchTerms
from laotie.kit import clock
from laotie.people.accounts.queries import pseudonym
from laotie.stream.outbox.actions import emit

LONGEST = timedelta(days=31)
MOST_MINOR = 10**12
SHOP = "shop"  # who pays


@transaction.atomic
def make_coupon(
    shop_id: UUID, amount_minor: int, threshold_minor: int, budget_minor: int, ends_at: datetime, *,
    cap_per_buyer: int = 1, session: UUID | None = None,
) -> Coupon:  # fmt: skip
    """Let `budget_minor // amount_minor` coupons be claimed from now until `ends_at`, at the shop's cost.

    Who may is judged by who asks. Raises BadCoupon, BadCap, BadTime.
    """
    if not 1 <= amount_minor <= min(threshold_minor, budget_minor, MOST_MINOR) or budget_minor > MOST_MINOR:
        raise BadCoupon(field="amount")
    now, pieces = clock.now(), budget_minor // amount_minor
    check_span(now, ends_at, LONGEST)
    check_count(cap_per_buyer, "cap_per_buyer")
    check_count(pieces, "budget")
    row = models.Coupon.objects.create(
        shop_id=shop_id, amount_minor=amount_minor, threshold_minor=threshold_minor, budget_minor=budget_minor,
        cap_per_buyer=cap_per_buyer, starts_at=now, ends_at=ends_at, payer=SHOP,
    )  # fmt: skip
    stock.set_stock(row.id, pieces)
    emit(
        CouponMade(row.id, shop_id, amount_minor, threshold_minor, budget_minor, cap_per_buyer, ends_at, SHOP, session)
    )
    return queries.coupon(row.id)


@transaction.atomic
def close_coupon(coupon_id: UUID) -> None:
    """Nobody claims it any more; claims stay good until their time. Twice is once. Raises NoSuchTerms."""
    row = models.Coupon.objects.select_for_update().filter(id=coupon_id).first()
    if row is None:
        raise NoSuchTerms
    if row.closed_at is None:
        row.closed_at = clock.now()
        row.save(update_fields=["closed_at"])
        emit(CouponEnded(row.id, row.shop_id))


@transaction.atomic
def claim(account_id: UUID, coupon_id: UUID) -> Claim:
    """Take one. Who has one in hand gets that one again, so that asking twice takes one.

    Raises NoSuchTerms, CouponHad, CouponsGone.
    """
    with connection.cursor() as cursor:  # one account claims one coupon one at a time; others do not wait for it
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 11))", [f"{coupon_id} {account_id}"])
    coupon, now = queries.coupon(coupon_id), clock.now()
    mine = list(models.CouponClaim.objects.filter(coupon_id=coupon_id, account=account_id).order_by("claimed_at"))
    known = next((row for row in mine if row.order is None), None)
    if known:
        return Claim(known.id, coupon, account_id, known.claimed_at, None)
    if len(mine) >= coupon.cap_per_buyer:
        raise CouponHad
    if not queries.is_open(coupon_id, now) or not stock.take(coupon_id, 1):
        raise CouponsGone
    row = models.CouponClaim.objects.create(coupon_id=coupon_id, account=account_id, claimed_at=now)
    emit(CouponClaimed(coupon_id, row.id, coupon.shop_id, pseudonym(account_id), coupon.amount_minor))
    return Claim(row.id, coupon, account_id, now, None)
