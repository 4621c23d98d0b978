"""What the shelf puts on pages of other rooms."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.kit.pages.guards import pseudonym_of
from laotie.kit.pages.stencils import drawn
from laotie.places.shelf.tiles import Tiles


def saved_products(request: HttpRequest, product_ids: Sequence[UUID]) -> str:
    """The tiles of products that someone keeps, and how many are no longer for sale."""
    tiles = Tiles(product_ids, pseudonym_of(request)).of(product_ids)
    gone = len(product_ids) - len(tiles)
    return render_to_string("shelf/parts/saved.html", {"tiles": tiles, "gone": gone}, request)


def suggestions(request: HttpRequest) -> str:
    """The place under the header's search field where suggestions appear while typing."""
    return drawn("shelf/parts/suggestions_place.html", request, {})
