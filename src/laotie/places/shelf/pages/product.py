"""A product's page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laotie.kit import tokens
from laotie.kit.ids import new_id
from laotie.kit.pages import render
from laotie.kit.pages.guards import pseudonym_of
from laotie.kit.pictures import queries as pictures
from laotie.places.shelf import queries
from laotie.places.shelf.structured import product_json

GONE = 410  # ended and taken down: search engines forget the page, people are told kindly


@require_safe
def product(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """The product, or a kind word and alternatives where it is no longer sold."""
    page = queries.product_page(product_id, pseudonym_of(request))
    if page.state != "on_sale":
        return render(request, "shelf/gone.html", page=page, product=page.product, shop=page.shop, status=GONE)
    return render(
        request,
        "shelf/product.html",
        page=page,
        product=page.product,
        shop=page.shop,
        view_token=_view_token(request, product_id),
        structured=product_json(request, page),
        share_picture=_share_picture(request, page.product.cover),
        canonical=request.build_absolute_uri(request.path),
    )


def _view_token(request: HttpRequest, product_id: UUID) -> str:
    """The token of this view: of the slot that led here, else a decision of its own."""
    viewer = pseudonym_of(request)
    came_by = tokens.served(request.GET.get(tokens.QUERY, ""), product_id)
    if came_by is None or came_by.viewer != viewer:
        return tokens.seal(new_id(), product_id, 0, viewer)
    return tokens.seal(came_by.decision, product_id, came_by.position, viewer)


def _share_picture(request: HttpRequest, cover: UUID | None) -> str:
    """The cover's full address, for the card that other sites make of a link."""
    return request.build_absolute_uri(pictures.url(cover, 1080)) if cover else ""
