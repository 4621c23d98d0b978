"""Tags of the shelf's own templates: `{% load shelf %}`."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laotie.goods.catalogue.contracts import Category
from laotie.kit.pages.stencils import Part, drawn, drawn_all
from laotie.places.search.contracts import Ask
from laotie.places.shelf.contracts import RoomTile, Tile
from laotie.places.shelf.counts import sold
from laotie.places.shelf.drawing import product_tile
from laotie.places.shelf.home import Feed
from laotie.places.shelf.listing import THREAD, Choice, Listing, again

register = template.Library()


@register.simple_tag(takes_context=True)
def this_page(context: template.Context, **changes: str | None) -> str:
    """This page's address with some of its query changed; None removes a key."""
    return again(context["request"], **changes)


@register.simple_tag
def next_feed_page(feed: Feed) -> str:
    """Where the feed goes on."""
    query = urlencode({"view": feed.view.value, "page": feed.page + 1, THREAD: feed.thread})
    return f"{reverse('shelf:home')}?{query}"


@register.simple_tag
def tiles(shown: Iterable[Tile | RoomTile]) -> SafeString:
    """A row or a grid of products, and of rooms among them."""
    return drawn_all(map(_stencil, shown))


def _stencil(tile: Tile | RoomTile) -> tuple[Part, dict[str, Any], dict[str, str]]:
    """Whether there are reasons is part of what is drawn; where they are is not."""
    holes = {"token": tile.token, "slot": f"?slot={tile.token}" if tile.token else "", "why": tile.why}
    explained = bool(tile.why)
    if isinstance(tile, RoomTile):
        return "shelf/parts/room_tile.html", {"room": tile.room, "explained": explained}, holes
    return product_tile, {"tile": tile, "explained": explained}, holes


@register.simple_tag
def nodes(categories: Iterable[Category]) -> SafeString:
    """Chips that lead to categories, and the way to all."""
    language = get_language() or "en"
    chips = tuple((_address(node.slug), node.name(language), None, False) for node in categories)
    return drawn(
        "shelf/parts/chips.html", None, {"chips": (*chips, (reverse("shelf:mall"), _("All categories"), None, False))}
    )


@register.simple_tag
def below(categories: Iterable[Choice]) -> SafeString:
    """Chips that lead to the categories below this one, with how much is in each."""
    chips = tuple((_address(choice.key), choice.name, choice.count, False) for choice in categories)
    return drawn("shelf/parts/chips.html", None, {"chips": chips})


@register.simple_tag(takes_context=True)
def narrowing(context: template.Context, categories: Iterable[Choice]) -> SafeString:
    """Chips that narrow what was found to a category; the chosen one leads back."""
    request = context["request"]
    chips = tuple(
        (
            again(request, category=None if choice.chosen else choice.key, page=None),
            choice.name,
            choice.count,
            choice.chosen,
        )
        for choice in categories
    )
    return drawn("shelf/parts/chips.html", None, {"chips": chips})


@register.simple_tag(takes_context=True)
def sorts(context: template.Context, choices: Iterable[Choice]) -> SafeString:
    """The orders to choose from."""
    request = context["request"]
    shown = tuple((again(request, sort=choice.key, page=None), choice.name, choice.chosen) for choice in choices)
    return drawn("shelf/parts/sorts.html", None, {"sorts": shown})


@register.simple_tag(takes_context=True)
def filters(context: template.Context, listing: Listing, category: str = "") -> SafeString:
    """The form that narrows a list. `category` is kept in it where it is not the page's own."""
    request, ask = context["request"], listing.ask
    cleared = again(request, low=None, high=None, stock=None, freight=None, brand=None, shop=None, page=None)
    facts = {
        "ask": ask,
        "address": request.path,
        "cleared": cleared,
        "kept": tuple((name, value) for name, value in _kept(context, listing, category) if value),
        "prices": (_price(listing, "low"), _price(listing, "high")),
        "brands": tuple(listing.brands) if len(listing.brands) > 1 or ask.filters.brands else (),
        "shops": tuple(listing.shops) if len(listing.shops) > 1 or _asks_for_shops(context, ask) else (),
    }
    return drawn("shelf/parts/filters.html", request, facts)


def _kept(context: template.Context, listing: Listing, category: str) -> Iterator[tuple[str, str]]:
    """What the form carries on beside its filters."""
    yield "q", listing.ask.words
    yield "sort", str(listing.ask.sort) if context["request"].GET.get("sort") else ""
    yield "category", category


def _price(listing: Listing, name: str) -> tuple[str, tuple[str, ...]]:
    """What was written into the field, and what is wrong with it."""
    bound = listing.form[name]
    return bound.value() or "", tuple(str(error) for error in bound.errors)


def _asks_for_shops(context: template.Context, ask: Ask) -> bool:
    return bool(ask.filters.shops) and not context.get("shop")


@lru_cache(maxsize=2000)
def _address(slug: str) -> str:
    return reverse("shelf:category", args=[slug])


@register.filter
def named(node: Category) -> str:
    """The category's name in the reader's language."""
    return node.name(get_language() or "en")


register.filter("sold", sold)
