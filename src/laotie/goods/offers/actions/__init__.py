"""Writes of offers and freight plans. Whether somebody may is judged before, by `listings.queries`."""

from laotie.goods.offers.actions.offers import (
    change_offer,
    make_offer,
    put_on_sale,
    set_price,
    take_off_sale,
)
from laotie.goods.offers.actions.plans import change_freight_plan, make_freight_plan, remove_freight_plan
from laotie.goods.offers.actions.stock_state import tell_stock_states
from laotie.goods.offers.history import PastFreightPlan, PastOffer, admit_freight_plans, admit_history

__all__ = [
    "PastFreightPlan",
    "PastOffer",
    "admit_freight_plans",
    "admit_history",
    "change_freight_plan",
    "change_offer",
    "make_freight_plan",
    "make_offer",
    "put_on_sale",
    "remove_freight_plan",
    "set_price",
    "take_off_sale",
    "tell_stock_states",
]
