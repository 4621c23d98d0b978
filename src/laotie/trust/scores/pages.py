"""Where a score comes from: for its seller with everything, for everybody without the deals."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laotie.goods.catalogue import queries as catalogue
from laotie.kit.pages import account_id, render, signed_in
from laotie.people.accounts import queries as accounts
from laotie.people.creators import queries as creators
from laotie.people.merchants import queries as merchants
from laotie.trust.scores import operator_pages, queries
from laotie.trust.scores.contracts import CREATOR, PRODUCT, SHOP
from laotie.trust.scores.showing import owned, shown


@require_safe
@signed_in
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """A shop's own score."""
    shop = queries.shop_for(account_id(request), slug)
    return _own(request, SHOP, shop.id, shop.id, _console(shop.id))


@require_safe
@signed_in
def products(request: HttpRequest, slug: str) -> HttpResponse:
    """The scores of a shop's products, those first that stand lowest."""
    shop = queries.shop_for(account_id(request), slug)
    page = Paginator(queries.products_of(shop.id), 30).get_page(request.GET.get("page"))
    titles = catalogue.products(score.entity_id for score in page)
    rows = [{"score": score, "product": titles.get(score.entity_id)} for score in page]
    return render(request, "scores/products.html", page=page, rows=rows, **_console(shop.id))


@require_safe
@signed_in
def mine_product(request: HttpRequest, slug: str, product_id: UUID) -> HttpResponse:
    """A product's score as its shop sees it."""
    seller_id = queries.own(account_id(request), PRODUCT, product_id)
    product = catalogue.product(product_id)
    return _own(request, PRODUCT, product_id, seller_id, _console(seller_id) | {"product": product})


@require_safe
@signed_in
def mine_creator(request: HttpRequest) -> HttpResponse:
    """A creator's own reputation."""
    me = account_id(request)
    queries.own(me, CREATOR, me)
    return _own(request, CREATOR, me, me, {"layout": "kit/base.html"})


@require_safe
@signed_in
def find(request: HttpRequest, kind: str, entity_id: UUID) -> HttpResponse:
    """The page on which a seller sees this score."""
    seller_id = queries.own(account_id(request), kind, entity_id)
    if kind == CREATOR:
        return redirect("scores:mine_creator")
    slug = merchants.shop(seller_id).slug
    return redirect("scores:mine", slug) if kind == SHOP else redirect("scores:mine_product", slug, entity_id)


@require_safe
def of_shop(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody may know of a shop's score."""
    shop = merchants.shop_by_slug(slug)
    return _public(request, SHOP, shop.id, shop.name, f"/s/{slug}")


@require_safe
def of_product(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """What everybody may know of a product's score."""
    return _public(request, PRODUCT, product_id, catalogue.product(product_id).title, f"/p/{product_id}")


@require_safe
def of_creator(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody may know of a creator's reputation."""
    creator = creators.creator_by_slug(slug)
    return _public(request, CREATOR, creator.account_id, accounts.account(creator.account_id).name, f"/u/{slug}")


def _own(request: HttpRequest, kind: str, entity_id: UUID, seller_id: UUID, frame: dict[str, Any]) -> HttpResponse:
    score = queries.score(kind, entity_id)
    context = {"kind": kind, "entity_id": entity_id, "seller_id": seller_id, **frame, **owned(request, score, kind)}
    return render(request, "scores/mine.html", **context)


def _console(seller_id: UUID) -> dict[str, Any]:
    shop = merchants.shop(seller_id)
    return {"layout": "kit/console.html", "shop": shop, "console_title": shop.name}


def _public(request: HttpRequest, kind: str, entity_id: UUID, name: str, back: str) -> HttpResponse:
    title = _("Why {name} has this score").format(name=name)
    found = shown(queries.required(kind, entity_id), kind)
    return render(request, "scores/public.html", title=title, back=back, **found)


app_name = "scores"
urlpatterns = [
    path("seller/<slug:slug>/score", mine, name="mine"),
    path("seller/<slug:slug>/score/products", products, name="products"),
    path("seller/<slug:slug>/score/p/<uuid:product_id>", mine_product, name="mine_product"),
    path("me/score", mine_creator, name="mine_creator"),
    path("scores/<slug:kind>/<uuid:entity_id>", find, name="find"),
    path("s/<slug:slug>/score", of_shop, name="of_shop"),
    path("p/<uuid:product_id>/score", of_product, name="of_product"),
    path("u/<slug:slug>/score", of_creator, name="of_creator"),
    path("operator/scores/", operator_pages.distribution, name="distribution"),
]
