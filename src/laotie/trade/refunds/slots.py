"""What refunds put on other pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.kit.pages import account_id
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.trade.orders import queries as orders
from laotie.trade.orders.contracts import Order, Party
from laotie.trade.orders.errors import OrderNotFound
from laotie.trade.refunds import queries


def ask_button(request: HttpRequest, order: Order, party: Party) -> str:
    """Ask for money back, on an order that allows it."""
    if party is not Party.BUYER or not queries.may_ask(order):
        return ""
    return render_to_string("refunds/ask_button.html", {"order": order}, request)


def of_order(request: HttpRequest, order: Order, party: Party) -> str:
    """An order's refunds and what can be done about them."""
    found = queries.refunds_of(order.id) if order.paid.minor else []
    if not found:
        return ""
    answer = reverse("refunds:of_shop", args=[merchants.shop(order.merchant_id).slug]) if party is Party.SELLER else ""
    lines = {line.id: line for line in order.lines}
    rows = [(refund, [(lines[part.line_id], part) for part in refund.lines]) for refund in reversed(found)]
    return render_to_string(
        "refunds/of_order.html", {"rows": rows, "order": order, "party": party, "answer": answer}, request
    )


def evidence(request: HttpRequest, order_id: UUID, **_more: Any) -> str:
    """Before an operator who judges a deal: what the buyer complained of, in whose words, and how it ended."""
    if not getattr(request.user, "is_operator", False):
        return ""
    try:
        order = orders.order_for(account_id(request), order_id)
    except OrderNotFound:
        return ""
    return of_order(request, order, Party.OPERATOR)


def seller_nav(request: HttpRequest, shop: Shop | None = None, **_more: Any) -> str:
    """Refunds in the side navigation of a shop's console."""
    if not shop or not request.user.is_authenticated or not grants.may(account_id(request), "care", shop.id):
        return ""
    address = reverse("refunds:of_shop", args=[shop.slug])
    entries = [(address, _("Refunds"), "half", queries.count_to_answer(shop.id))]
    return render_to_string("kit/parts/nav.html", {"entries": entries, "here": request.path}, request)


def operator_nav(request: HttpRequest, shop: Shop | None = None, **_more: Any) -> str:
    """Disputes in the operators' side navigation."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    waiting = len(queries.to_judge(account_id(request)))
    entries = [(reverse("refunds:disputes"), _("Disputes"), "gavel", waiting)]
    return render_to_string("kit/parts/nav.html", {"entries": entries, "here": request.path}, request)


def seller_waiting(request: HttpRequest, shop: Shop, scopes: Sequence[str]) -> str:
    """On a shop's overview: how many refunds it must answer."""
    if "care" not in scopes:
        return ""
    address = reverse("refunds:of_shop", args=[shop.slug])
    tile = {"label": _("Refunds to answer"), "count": queries.count_to_answer(shop.id), "address": address}
    return render_to_string("kit/parts/waiting.html", tile, request)


def operator_waiting(request: HttpRequest) -> str:
    """On the operators' first page: how many disputes wait for a judgement."""
    waiting = len(queries.to_judge(account_id(request)))
    tile = {"label": _("Refunds in dispute"), "count": waiting, "address": reverse("refunds:disputes")}
    return render_to_string("kit/parts/waiting.html", tile, request)
