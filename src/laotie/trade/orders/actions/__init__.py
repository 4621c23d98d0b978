"""Everything that changes an order. Each action judges, then writes rows, history, facts and notices at once.

Locks are taken in one order: orders by id, then what goods keeps (by offer), then rows of slices above.
"""

from laotie.trade.orders.actions.carriers import carrier_says
from laotie.trade.orders.actions.clock import run_due
from laotie.trade.orders.actions.forgetting import forget
from laotie.trade.orders.actions.money import give_back, pay, settle_outside, settle_repayment
from laotie.trade.orders.actions.moves import cancel, ship, sign
from laotie.trade.orders.actions.place import place
from laotie.trade.orders.actions.sideroads import (
    begin_dispute,
    begin_refund,
    close_refunded,
    hold,
    hold_checkout,
    resume,
)
from laotie.trade.orders.history import PastCheckout, PastLine, PastOrder, PastParcel, PastRepayment, admit_history

__all__ = [
    "PastCheckout",
    "PastLine",
    "PastOrder",
    "PastParcel",
    "PastRepayment",
    "admit_history",
    "begin_dispute",
    "begin_refund",
    "cancel",
    "carrier_says",
    "close_refunded",
    "forget",
    "give_back",
    "hold",
    "hold_checkout",
    "pay",
    "place",
    "resume",
    "run_due",
    "settle_outside",
    "settle_repayment",
    "ship",
    "sign",
]
