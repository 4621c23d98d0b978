"""What scores put on other rooms' pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.goods.catalogue.contracts import Product
from laotie.kit.memory import ShortMemory
from laotie.kit.pages import account_id
from laotie.kit.pages.stencils import drawn
from laotie.people.creators.contracts import Creator
from laotie.people.grants import queries as grants
from laotie.people.merchants.contracts import Shop
from laotie.trust.scores import queries, showing, words
from laotie.trust.scores.contracts import CREATOR, PRODUCT, SHOP, Score

# Scores change once a day; a corrected one shows within a minute.
_scores: ShortMemory[tuple[str, UUID], Score | None] = ShortMemory(5000, ages=20)


def shop_score(request: HttpRequest, shop: Shop, **rest: Any) -> str:
    """The ring on a shop's page, a link to its reasons."""
    return _card(request, SHOP, shop.id, reverse("scores:of_shop", args=[shop.slug]))


def product_score(request: HttpRequest, product: Product, **rest: Any) -> str:
    """The ring on a product's page."""
    return _card(request, PRODUCT, product.id, reverse("scores:of_product", args=[product.id]))


def creator_score(request: HttpRequest, creator: Creator, **rest: Any) -> str:
    """The ring on a creator's page."""
    return _card(request, CREATOR, creator.account_id, reverse("scores:of_creator", args=[creator.slug]))


def my_creator_score(request: HttpRequest, creator: Creator, **rest: Any) -> str:
    """Among a creator's own first steps: the way to one's reputation."""
    return _card(request, CREATOR, creator.account_id, reverse("scores:mine_creator"))


def console_nav(request: HttpRequest, shop: Shop | None = None, **rest: Any) -> str:
    """The seller console's entry."""
    if not isinstance(shop, Shop) or not request.user.pk or not grants.may(request.user.pk, "score", shop.id):
        return ""
    return _nav(request, reverse("scores:mine", args=[shop.slug]), _("My score"))


def operator_nav(request: HttpRequest, shop: object = None, **rest: Any) -> str:
    """The operators' entry."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    return _nav(request, reverse("scores:distribution"), _("Scores"))


def seller_home(request: HttpRequest, shop: Shop, **rest: Any) -> str:
    """On a shop's first page: where the score stands, for those who keep it."""
    if not grants.may(account_id(request), "score", shop.id):
        return ""
    return _card(request, SHOP, shop.id, reverse("scores:mine", args=[shop.slug]))


def why_standing(request: HttpRequest, shop: Shop, **rest: Any) -> str:
    """On a shop's standing: the bands, what each opens, and what is missing to the next."""
    score = queries.score(SHOP, shop.id)
    if score is None:
        return ""
    context = {"ladder": showing.steps_of(score, queries.history(SHOP, shop.id, most=10)), "score": score}
    may = grants.may(account_id(request), "score", shop.id)
    return render_to_string("scores/why_standing.html", context | {"shop": shop, "may": may}, request)


def lift(request: HttpRequest, shop: Shop, **rest: Any) -> str:
    """Where a gate is closed: what opens it."""
    score = queries.score(SHOP, shop.id)
    if score is None:
        return ""
    steps = showing.steps_of(score, queries.history(SHOP, shop.id, most=10))
    return render_to_string("scores/lift.html", {"ladder": steps, "score": score}, request)


def _nav(request: HttpRequest, address: str, label: str) -> str:
    return render_to_string(
        "kit/parts/nav.html", {"entries": [(address, label, "chart", 0)], "here": request.path}, request
    )


def _card(request: HttpRequest, kind: str, entity_id: UUID, address: str) -> str:
    score = _scores.get((kind, entity_id), lambda: queries.score(kind, entity_id))
    if score is None:
        return ""
    facts = {"score": score.score, "deals": score.deals, "headline": words.headline(score, kind)}
    return drawn("scores/card.html", request, facts, {"address": address})
