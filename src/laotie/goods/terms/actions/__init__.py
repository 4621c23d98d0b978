"""Writes of terms, and what an order takes and gives back. Whether a seller may is judged by `listings.queries`."""

from laotie.goods.terms.actions.caps import set_cap
from laotie.goods.terms.actions.coupons import claim, close_coupon, make_coupon
from laotie.goods.terms.actions.plans import end_plan, offer_plan
from laotie.goods.terms.actions.taking import give_back, take
from laotie.goods.terms.actions.timed import end_timed_price, set_timed_price

__all__ = [
    "claim",
    "close_coupon",
    "end_plan",
    "end_timed_price",
    "give_back",
    "make_coupon",
    "offer_plan",
    "set_cap",
    "set_timed_price",
    "take",
]
