"""What payments put on other pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.trade.orders.contracts import Order, Party, State
from laotie.trade.payments.contracts import Payment
from laotie.trade.payments.providers import sandbox


def pay_button(request: HttpRequest, order: Order, party: Party) -> str:
    """Pay, on an order that waits for it."""
    if party is not Party.BUYER or order.state is not State.PLACED:
        return ""
    return render_to_string("payments/pay_button.html", {"order": order}, request)


def pay_here(request: HttpRequest, payment: Payment) -> str:
    """Pay without leaving the page one is on: the sandbox's own choices, or another provider's page beside this one,
    while this place follows what becomes of it."""
    context = {
        "payment": payment,
        "reference": payment.page.rsplit("/", 1)[-1] if payment.provider == "sandbox" else "",
        "choices": sandbox.LABELS.items(),
    }
    return render_to_string("payments/pay_here.html", context, request)
