"""A shop's page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laotie.kit.pages import render
from laotie.places.search.contracts import Filters
from laotie.places.shelf import queries
from laotie.places.shelf.listing import listing
from laotie.places.shelf.pages.visitors import asker_of, language


@require_safe
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """Who the shop is, and its goods."""
    found = queries.open_shop(slug)
    shown = listing(request, asker_of(request), language(), Filters(shops=(found.id,)))
    return render(
        request, "shelf/shop.html", shop=found, listing=shown, canonical=request.build_absolute_uri(request.path)
    )
