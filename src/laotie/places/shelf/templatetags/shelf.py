"""Tags of the shelf's own templates: `{% load shelf %}`."""

from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from laotie.goods.catalogue.contracts import Category
from laotie.places.shelf.contracts import Tile
from laotie.places.shelf.home import Feed
from laotie.places.shelf.listing import THREAD, again

register = template.Library()
SMALLEST_SHORTENED = 10_000
DRAWN = 4096  # tiles whose HTML a process keeps: about 6 MB
SEAL, WHY = "the-seal-of-this-tile", "the-reasons-of-this-tile"


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
def tile(shown: Tile) -> SafeString:
    """A product in a list. Drawing one takes half a millisecond and a page has fifty, so what was drawn is kept: all
    that is in it is in its key, but for the token and where its reasons are."""
    kept = replace(shown, token="", why=WHY if shown.why else "")
    drawn = _drawn(kept, get_language() or "en").replace(SEAL, shown.token)
    return mark_safe(drawn.replace(WHY, shown.why) if shown.why else drawn)


@lru_cache(maxsize=DRAWN)
def _drawn(shown: Tile, language: str) -> str:
    return render_to_string("shelf/parts/tile.html", {"tile": shown, "token": SEAL})


@register.filter
def named(node: Category) -> str:
    """The category's name in the reader's language."""
    return node.name(get_language() or "en")


@register.filter
def sold(count: int) -> str:
    """How many were sold, in few letters: "已售 1.2万", "12k sold". "" for none."""
    if count <= 0:
        return ""
    return gettext("%(count)s sold") % {"count": _short(count)}


def _short(count: int) -> str:
    if count < SMALLEST_SHORTENED:
        return str(count)
    if (get_language() or "").startswith("zh"):
        return f"{count / 10_000:.1f}".removesuffix(".0") + "万"
    return f"{count / 1000:.1f}".removesuffix(".0") + "k"
