"""What the carts put on other rooms' pages."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.goods.catalogue.contracts import Product
from laotie.goods.deals import queries as deals
from laotie.goods.offers.contracts import Offer
from laotie.kit import clock, tokens
from laotie.trade.carts import queries
from laotie.trade.carts.forms import entry_of
from laotie.trade.carts.visiting import account_of, carts_of


def buy_box(request: HttpRequest, product: Product, offers: Sequence[Offer], **_more: Any) -> str:
    """Choose a variant and how many; into the cart, or buy at once."""
    ids = [offer.id for offer in offers]
    terms = deals.deal_terms(ids, account_of(request), clock.now())
    variants = [terms[offer_id] for offer_id in ids if offer_id in terms and terms[offer_id].on_sale]
    if not variants:
        return ""
    slot = request.GET.get(tokens.QUERY, "")
    chosen = next((variant for variant in variants if variant.left), variants[0])
    context = {
        "variants": variants,
        "chosen": chosen,
        "sold_out": not any(variant.left for variant in variants),
        "entry": entry_of(request),
        "product": product,
        "slot": slot if tokens.served(slot, product.id) else "",
    }
    return render_to_string("carts/buy_box.html", context, request)


def header_cart(request: HttpRequest) -> str:
    """The way to the cart, with how much is in it."""
    carts = carts_of(request)
    return render_to_string("carts/header.html", {"count": queries.count(carts) if carts else 0}, request)
