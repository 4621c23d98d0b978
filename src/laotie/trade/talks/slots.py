"""What talks put on other rooms' pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from laotie.goods.catalogue.contracts import Product
from laotie.kit.pages.stencils import drawn
from laotie.people.merchants.contracts import Shop
from laotie.trade.orders.contracts import Order
from laotie.trade.talks import queries
from laotie.trade.talks.contracts import About


def ask_about_product(request: HttpRequest, product: Product, shop: Shop, **rest: Any) -> str:
    """The product page's way to the shop."""
    return _ask(request, About.PRODUCT, product.id, shop)


def ask_shop(request: HttpRequest, shop: Shop, **rest: Any) -> str:
    """The shop page's button."""
    address = reverse("talks:ask", args=[About.SHOP, shop.id])
    return format_html('<a class="button button-quiet button-small" href="{}">{}</a>', address, _("Ask the shop"))


def ask_about_order(request: HttpRequest, order: Order, **rest: Any) -> str:
    """The buyer's order page."""
    address = reverse("talks:ask", args=[About.ORDER, order.id])
    return format_html('<a class="button button-quiet button-small" href="{}">{}</a>', address, _("Ask the shop"))


def _ask(request: HttpRequest, kind: About, about_id: UUID, shop: Shop) -> str:
    holes = {"address": reverse("talks:ask", args=[kind, about_id]), "name": shop.name}
    return drawn("talks/ask_slot.html", request, {}, holes)


def unread_badge(request: HttpRequest) -> str:
    """How much is new, on the bottom bar's messages."""
    unread = queries.unread_of_buyer(request.user.pk) if request.user.is_authenticated and request.user.pk else 0
    return format_html('<b class="badge">{}</b>', min(unread, 99)) if unread else ""


def shop_nav(request: HttpRequest, shop: Shop | None = None) -> str:
    """The seller console's entry."""
    if not isinstance(shop, Shop):
        return ""
    entry = (reverse("talks:shop_talks", args=[shop.slug]), _("Questions"), "chat", queries.waiting_at_shop(shop.id))
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)


def my_talks(request: HttpRequest) -> str:
    """The entry on "me"."""
    if not request.user.is_authenticated or not request.user.pk:
        return ""
    entry = {"address": reverse("talks:mine"), "unread": queries.unread_of_buyer(request.user.pk)}
    return render_to_string("talks/me_entry.html", entry, request)


def seller_waiting(request: HttpRequest, shop: Shop, scopes: Sequence[str]) -> str:
    """On a shop's overview: how many buyers wait for an answer."""
    if "care" not in scopes:
        return ""
    address = reverse("talks:shop_talks", args=[shop.slug])
    tile = {"label": _("Questions to answer"), "count": queries.waiting_at_shop(shop.id), "address": address}
    return render_to_string("kit/parts/waiting.html", tile, request)
