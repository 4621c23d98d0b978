"""Where a score comes from: for the shop with its deals, for everybody without them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from laotie.goods.catalogue import queries as catalogue
from laotie.kit.pages import account_id, render, signed_in
from laotie.people.merchants import queries as merchants
from laotie.trust.rulebook.queries import metric_name
from laotie.trust.scores import queries, words
from laotie.trust.scores.contracts import PRODUCT, SHOP, Score


@signed_in
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """A shop's own score: dimensions, what changed since yesterday, the deals that cost most."""
    shop = queries.shop_for(account_id(request), slug)
    history = queries.history(SHOP, shop.id, most=30)
    score = queries.score(SHOP, shop.id)
    titles = catalogue.products(cost.product_id for cost in score.costs) if score else {}
    costs = [
        {"cost": cost, "product": titles.get(cost.product_id), "outcome": words.OUTCOMES.get(cost.outcome)}
        for cost in (score.costs if score else ())
    ]
    return render(request, "scores/mine.html", shop=shop, costs=costs, history=history, **_shown(score, SHOP))


def of_shop(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody may know of a shop's score."""
    shop = merchants.shop_by_slug(slug)
    title = _("Why {name} has this score").format(name=shop.name)
    return render(request, "scores/public.html", title=title, back=f"/s/{slug}", **_shown_or_404(SHOP, shop.id))


def of_product(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """What everybody may know of a product's score."""
    product = catalogue.product(product_id)
    title = _("Why {name} has this score").format(name=product.title)
    return render(
        request, "scores/public.html", title=title, back=f"/p/{product_id}", **_shown_or_404(PRODUCT, product_id)
    )


def _shown_or_404(kind: str, entity_id: UUID) -> dict[str, Any]:
    return _shown(queries.required(kind, entity_id), kind)


def _shown(score: Score | None, kind: str) -> dict[str, Any]:
    if score is None:
        return {"score": None}
    earlier = next((old for old in queries.history(kind, score.entity_id, most=3) if old.day < score.day), None)
    return {
        "score": score,
        "headline": words.headline(score, kind),
        "status_words": words.STATUSES.get(score.status, score.status),
        "dimensions": words.dimensions(score),
        "absent": [metric_name(name) for name in score.absent],
        "change": score.score - earlier.score if earlier else None,
    }


app_name = "scores"
urlpatterns = [
    path("seller/<slug:slug>/score", mine, name="mine"),
    path("s/<slug:slug>/score", of_shop, name="of_shop"),
    path("p/<uuid:product_id>/score", of_product, name="of_product"),
]
