"""A category's page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laotie.goods.catalogue import queries as catalogue
from laotie.kit.pages import render
from laotie.places.search.contracts import Filters
from laotie.places.shelf import queries
from laotie.places.shelf.listing import listing
from laotie.places.shelf.pages.visitors import asker_of, language


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The goods of a category and of all below it."""
    node = queries.category(slug)
    path = catalogue.category_path(node.id)
    shown = listing(request, asker_of(request), language(), Filters(category=slug), node)
    return render(
        request, "shelf/category.html", node=node, path=path[:-1], parent=path[-2] if path[1:] else None, listing=shown
    )
