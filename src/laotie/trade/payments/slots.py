"""What payments put on other pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.trade.orders.contracts import Order, Party, State


def pay_button(request: HttpRequest, order: Order, party: Party) -> str:
    """Pay, on an order that waits for it."""
    if party is not Party.BUYER or order.state is not State.PLACED:
        return ""
    return render_to_string("payments/pay_button.html", {"order": order}, request)
