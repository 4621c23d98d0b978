"""How states and carriers are called on pages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from laotie.trade.orders.contracts import State

LABELS = {
    State.PLACED: _("To be paid"),
    State.PAID: _("To be shipped"),
    State.SHIPPED: _("On its way"),
    State.SIGNED: _("Arrived"),
    State.DONE: pgettext_lazy("order", "Done"),
    State.CANCELLED: _("Cancelled"),
    State.REFUNDING: _("Refund asked for"),
    State.REFUNDED: _("Refunded"),
    State.DISPUTED: _("Before the market"),
}
TONES = {
    State.PLACED: "new",
    State.PAID: "wait",
    State.SHIPPED: "wait",
    State.SIGNED: "good",
    State.DONE: "good",
    State.CANCELLED: "",
    State.REFUNDING: "wait",
    State.REFUNDED: "",
    State.DISPUTED: "bad",
}
STEPS = {
    State.PLACED: _("Ordered"),
    State.PAID: _("Paid"),
    State.SHIPPED: _("Shipped"),
    State.SIGNED: _("Arrived"),
    State.DONE: pgettext_lazy("order", "Done"),
}
EVENTS = {
    "place": _("Order placed"),
    "pay": _("Paid"),
    "cancel": _("Cancelled"),
    "expire": _("Not paid in time"),
    "late": _("Late in shipping"),
    "ship": _("Shipped"),
    "sign": _("Arrived"),
    "finish": pgettext_lazy("order", "Done"),
    "ask_refund": _("Refund asked for"),
    "dispute": _("Taken to the market"),
    "resume": _("Refund closed"),
    "refund": _("Refunded"),
}
PARTIES = {
    "buyer": _("Buyer"),
    "seller": _("Shop"),
    "operator": _("Market"),
    "clock": _("By itself"),
    "carrier": _("Carrier"),
    "provider": _("Payment provider"),
}
CLOSINGS = {
    "unpaid": _("It was not paid within 15 minutes."),
    "buyer": _("The buyer cancelled it."),
    "seller": _("The shop cancelled it."),
    "operator": _("The market cancelled it."),
    "refunded": _("All of it was refunded."),
    "changed_mind": _("The buyer changed his mind."),
    "wrong_address": _("The address was wrong."),
    "found_cheaper": _("The buyer found it cheaper."),
    "out_of_stock": _("The shop has none left."),
    "cannot_send": _("The shop cannot send it there."),
}
BUYER_REASONS = ("changed_mind", "wrong_address", "found_cheaper")
SELLER_REASONS = ("out_of_stock", "cannot_send")
CARRIER_KINDS = {
    "picked_up": _("Picked up by the carrier"),
    "in_transit": _("On its way"),
    "out_for_delivery": _("Out for delivery"),
    "delivered": _("Delivered"),
    "problem": _("Something held it up"),
}
