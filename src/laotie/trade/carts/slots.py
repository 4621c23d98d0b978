"""What the carts put on other rooms' pages."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from laotie.goods.catalogue.contracts import Product
from laotie.goods.deals import queries as deals
from laotie.goods.deals.contracts import DealTerms
from laotie.goods.offers.contracts import Offer
from laotie.kit import clock, tokens
from laotie.kit.pages.guards import account_of
from laotie.kit.pages.stencils import drawn
from laotie.trade.carts import queries
from laotie.trade.carts.forms import entry_of
from laotie.trade.carts.visiting import carts_of

FEW = 10  # so many left are worth saying


def buy_box(request: HttpRequest, product: Product, offers: Sequence[Offer], **_more: Any) -> str:
    """Choose a variant and how many; into the cart, or buy at once."""
    ids = [offer.id for offer in offers]
    terms = deals.deal_terms(ids, account_of(request), clock.now())
    variants = [terms[offer_id] for offer_id in ids if offer_id in terms and terms[offer_id].on_sale]
    if not variants:
        return ""
    slot = request.GET.get(tokens.QUERY, "")
    chosen = next((variant for variant in variants if variant.left), variants[0])
    facts = {
        "cap": chosen.cap,
        "few": chosen.left if chosen.left <= FEW else 0,
        "sold_out": not any(variant.left for variant in variants),
        "slotted": tokens.served(slot, product.id) is not None,
    }
    holes = {"choice": _choice(variants, chosen), "entry": entry_of(request), "most": _most(chosen), "slot": slot}
    return drawn("carts/buy_box.html", request, facts, holes)


def _choice(variants: Sequence[DealTerms], chosen: DealTerms) -> SafeString:
    if len(variants) == 1:
        return format_html('<input type="hidden" name="offer" value="{}">', chosen.offer_id)
    return render_to_string("carts/variants.html", {"variants": variants, "chosen": chosen})


def _most(chosen: DealTerms) -> int:
    """How many may be asked for."""
    left = chosen.left or 1
    return left if chosen.cap is None else min(chosen.cap, left)


def header_cart(request: HttpRequest) -> str:
    """The way to the cart, with how much is in it."""
    carts = carts_of(request)
    return drawn("carts/header.html", request, {"count": queries.count(carts) if carts else 0})
