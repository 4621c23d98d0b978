"""Searching, and what is suggested while typing."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laotie.kit.ids import new_id
from laotie.kit.pages import render
from laotie.kit.pages.guards import pseudonym_of
from laotie.places.search import queries as search_index
from laotie.places.search.contracts import Ask, Sort
from laotie.places.shelf.listing import listing
from laotie.places.shelf.pages.visitors import asker_of, language
from laotie.places.shelf.tiles import Tiles
from laotie.stream.beacons.searches import LONGEST, seal_search

GOODS_SUGGESTED = 4


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits the words; everything, most popular first, without any."""
    viewer = pseudonym_of(request)
    shown = listing(request, asker_of(request), language())
    words = shown.ask.words[:LONGEST]
    return render(
        request,
        "shelf/search.html",
        listing=shown,
        query=shown.ask.words,
        search_words=words,
        search_token=seal_search(new_id(), words, shown.found.total, viewer),
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """A piece of a page: words and goods that continue what is being typed."""
    typed = request.GET.get("q", "").replace("\x00", " ")[:100].strip()
    words = search_index.suggest(typed) if typed else []
    ids = search_index.page(Ask(typed, sort=Sort.BEST, size=GOODS_SUGGESTED)) if typed else ()
    tiles = Tiles(ids, pseudonym_of(request)).of(ids)
    return render(request, "shelf/parts/suggestions.html", words=words, tiles=tiles)
