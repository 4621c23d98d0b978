"""Coupons in a room: handed out by the host at a shop's cost, claimed by whoever is there, used at the till."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from laotie.goods.terms import actions as terms
from laotie.goods.terms import queries as terms_queries
from laotie.goods.terms.contracts import Claim, Coupon
from laotie.goods.terms.errors import CouponsGone
from laotie.kit import clock
from laotie.places.rooms import queries, views
from laotie.places.rooms.actions.flashing import may_cut
from laotie.places.rooms.actions.numbering import hold, record
from laotie.places.rooms.errors import NotYourPrice, TooManyCoupons, WrongState
from laotie.places.rooms.models import HandedRow

MOST = 20  # a session: more would be paper on the floor


@transaction.atomic
def hand_out(  # noqa: PLR0917  the three amounts are the coupon
    account_id: UUID, session_id: UUID, shop_id: UUID, amount_minor: int, threshold_minor: int, budget_minor: int, *,
    minutes: int, cap_per_buyer: int = 1,
) -> Coupon:  # fmt: skip
    """Let viewers claim coupons of a shop for so many minutes, which are as long good for an order.

    Raises NotYourRoom, WrongState, NotYourPrice, TooManyCoupons, and what `goods.terms` says of the coupon.
    """
    queries.aired(account_id, session_id)
    if not may_cut(account_id, shop_id):
        raise NotYourPrice
    row = hold(session_id)
    if HandedRow.objects.filter(session=row).count() >= MOST:
        raise TooManyCoupons(most=MOST)
    ends_at = clock.now() + timedelta(minutes=max(0, min(minutes, 10**6)))
    coupon = terms.make_coupon(
        shop_id, amount_minor, threshold_minor, budget_minor, ends_at, cap_per_buyer=cap_per_buyer, session=session_id
    )
    handed = HandedRow.objects.create(coupon=coupon.id, session=row, at=clock.now())
    record(row, "coupon", {"coupon": views.coupon_told(handed, coupon)})
    return coupon


@transaction.atomic
def take_back(account_id: UUID, session_id: UUID, coupon_id: UUID) -> None:
    """Nobody claims it any more; claims stay good. Twice is once. Raises NotYourRoom, NoSuchCoupon."""
    queries.hosted(account_id, session_id)
    queries.handed_in(session_id, coupon_id)
    terms.close_coupon(coupon_id)
    _gone(session_id, coupon_id)


def claim(account_id: UUID, session_id: UUID, coupon_id: UUID) -> Claim:
    """Take one; who has one in hand gets that one. Raises ShutOut, WrongState, NoSuchCoupon, CouponHad, CouponsGone."""
    if not queries.session_for(account_id, session_id).is_on_air:
        raise WrongState
    handed = queries.handed_in(session_id, coupon_id)
    try:
        had = terms.claim(account_id, coupon_id)
    except CouponsGone:
        if not handed.gone:
            _gone(session_id, coupon_id)
        raise
    if not handed.gone and not terms_queries.coupon(coupon_id).left:
        _gone(session_id, coupon_id)
    return had


@transaction.atomic
def _gone(session_id: UUID, coupon_id: UUID) -> None:
    """Tell the room, once, that none is left."""
    row = hold(session_id)
    if HandedRow.objects.filter(coupon=coupon_id, gone_at=None).update(gone_at=clock.now()):
        handed = HandedRow.objects.get(coupon=coupon_id)
        record(row, "coupon", {"coupon": views.coupon_told(handed, terms_queries.coupon(coupon_id))})
