"""What orders put on other rooms' pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laotie.kit.pages import account_id
from laotie.people.grants import queries as grants
from laotie.people.merchants.contracts import Shop
from laotie.trade.orders import queries, selling
from laotie.trade.orders.listing import BUYER_TABS, tabs


def my_orders(request: HttpRequest) -> str:
    """The ways to one's orders, with how many wait where."""
    if not request.user.is_authenticated:
        return ""
    counted = tabs(BUYER_TABS, "", queries.counts_of_buyer(account_id(request)))
    icons = {"pay": "ticket", "ship": "bag", "way": "truck", "arrived": "check", "refunds": "half"}
    ways = [(tab, icons[tab.name]) for tab in counted if tab.name]
    return render_to_string("orders/ways.html", {"ways": ways}, request)


def evidence(request: HttpRequest, order_id: UUID, **_more: Any) -> str:
    """Before an operator who judges a deal: its parcels as the carrier told them, and who did what when."""
    steps = queries.history(order_id) if getattr(request.user, "is_operator", False) else []
    if not steps:
        return ""
    context = {"steps": steps, "parcels": queries.parcels([order_id])[order_id], "open": True}
    return render_to_string("orders/evidence.html", context, request)


def seller_nav(request: HttpRequest, shop: Shop | None = None, **_more: Any) -> str:
    """Orders in the side navigation of a shop's console, with how many are to be shipped."""
    if not shop or not request.user.is_authenticated or not grants.may(account_id(request), "orders", shop.id):
        return ""
    waiting = queries.count_to_ship(shop.id)
    entries = [(reverse("orders:shop", args=[shop.slug]), _("Orders"), "bag", waiting)]
    return render_to_string("kit/parts/nav.html", {"entries": entries, "here": request.path}, request)


def seller_waiting(request: HttpRequest, shop: Shop, scopes: Sequence[str]) -> str:
    """On a shop's overview: how many orders are to be shipped, and how many of them are late."""
    if "orders" not in scopes:
        return ""
    late = queries.count_late(shop.id)
    tile = {
        "label": _("Orders to ship"),
        "count": queries.count_to_ship(shop.id),
        "address": reverse("orders:shop", args=[shop.slug]),
        "pressing": ngettext("%(count)d is late", "%(count)d are late", late) % {"count": late} if late else "",
    }
    return render_to_string("kit/parts/waiting.html", tile, request)


def room_money(request: HttpRequest, session: Any, **_more: Any) -> str:
    """On the page of a session that is over: what it sold, by card, and what is owed to its host."""
    whole, by_card = selling.sold_in(session.id)
    rows = sorted(by_card.values(), key=lambda sold: -sold.gmv.minor)
    return render_to_string("orders/session_money.html", {"sold": whole, "rows": rows, "session": session}, request)


def room_figures(request: HttpRequest, session: Any, **_more: Any) -> str:
    """At the host's desk: what was sold so far."""
    whole, _by_card = selling.sold_in(session.id)
    return render_to_string("orders/session_figures.html", {"sold": whole}, request)
