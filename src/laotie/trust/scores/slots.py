"""What scores put on other rooms' pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.goods.catalogue.contracts import Product
from laotie.kit.memory import ShortMemory
from laotie.kit.pages.stencils import drawn
from laotie.people.grants import queries as grants
from laotie.people.merchants.contracts import Shop
from laotie.trust.scores import queries, words
from laotie.trust.scores.contracts import PRODUCT, SHOP, Score

# Scores change once a day; a corrected one shows within a minute.
_scores: ShortMemory[tuple[str, UUID], Score | None] = ShortMemory(5000, ages=20)


def shop_score(request: HttpRequest, shop: Shop, **rest: Any) -> str:
    """The ring on a shop's page, a link to its reasons."""
    return _card(request, SHOP, shop.id, reverse("scores:of_shop", args=[shop.slug]))


def product_score(request: HttpRequest, product: Product, **rest: Any) -> str:
    """The ring on a product's page."""
    return _card(request, PRODUCT, product.id, reverse("scores:of_product", args=[product.id]))


def console_nav(request: HttpRequest, shop: Shop | None = None, **rest: Any) -> str:
    """The seller console's entry."""
    if not isinstance(shop, Shop) or not request.user.pk or not grants.may(request.user.pk, "score", shop.id):
        return ""
    entry = (reverse("scores:mine", args=[shop.slug]), _("My score"), "chart", 0)
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)


def _card(request: HttpRequest, kind: str, entity_id: UUID, address: str) -> str:
    score = _scores.get((kind, entity_id), lambda: queries.score(kind, entity_id))
    if score is None:
        return ""
    facts = {"score": score.score, "deals": score.deals, "headline": words.headline(score, kind)}
    return drawn("scores/card.html", request, facts, {"address": address})
