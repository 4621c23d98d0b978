"""What reviews put on other rooms' pages."""

from collections.abc import Hashable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laotie.goods.catalogue.contracts import Product
from laotie.kit.memory import ShortMemory
from laotie.people.merchants.contracts import Shop
from laotie.trade.orders.contracts import Order, Party
from laotie.trade.reviews import queries
from laotie.trade.reviews.showing import FIRST, listing

# The reviews of product pages: drawn anew with each new word in them; a writer's new name may take a minute to show.
_drawn: ShortMemory[Hashable, str] = ShortMemory(1000, ages=20)


def of_product(request: HttpRequest, product: Product, **rest: Any) -> str:
    """The product page's reviews: the figures, the first few, and the way to all."""
    rating = queries.rating(product.id)

    def draw() -> str:
        found = listing(product.id, QueryDict(), FIRST, rating)
        return render_to_string("reviews/on_product.html", {"found": found}, request)

    key = (product.id, rating, rating.changed_at, get_language(), request.path)
    return _drawn.get(key, draw)


def shop_nav(request: HttpRequest, shop: Shop | None = None) -> str:
    """The seller console's entry; the badge counts bad reviews without an answer."""
    if not isinstance(shop, Shop):
        return ""
    entry = (reverse("reviews:of_shop", args=[shop.slug]), _("Reviews"), "star", queries.unanswered_bad(shop.id))
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)


def my_reviews(request: HttpRequest, **rest: Any) -> str:
    """The entry on "me": how many deals wait for a word."""
    if not request.user.is_authenticated or not request.user.pk:
        return ""
    entry = {"address": reverse("reviews:mine"), "waiting": len(queries.to_review(request.user.pk))}
    return render_to_string("reviews/me_entry.html", entry, request)


def review_order(request: HttpRequest, order: Order, party: Party | None = None, **rest: Any) -> str:
    """The buyer's button on a signed order; nothing where all its lines were reviewed."""
    if order.signed_at is None or party != Party.BUYER:
        return ""
    written = _written(request, order.buyer_id)
    waiting = [line for line in order.lines if line.id not in written and line.left > 0]
    if not waiting:
        return ""
    address = reverse("reviews:write", args=[waiting[0].id])
    return format_html('<a class="button button-small" href="{}">{}</a>', address, _("Write a review"))


def _written(request: HttpRequest, buyer_id: UUID) -> set[UUID]:
    """The lines a buyer reviewed, read once a request: a list of orders asks for each of them."""
    known: set[UUID] | None = getattr(request, "reviewed_lines", None)
    if known is None:
        known = queries.lines_reviewed_by(buyer_id)
        request.reviewed_lines = known  # type: ignore[attr-defined]
    return known
