"""A product in a list, drawn without a template: a page has dozens of them, and in a large market each is another."""

from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from laotie.kit.pages.addresses import before
from laotie.kit.pages.stencils import Holes
from laotie.kit.templatetags.kit import picture, price
from laotie.places.shelf.contracts import Pieces, Tile
from laotie.places.shelf.counts import sold

NOTHING = UUID(int=0)
TILE = """<div class="card product"><a class="product-link" href="{}{}" data-slot-token="{}">
<span class="product-picture">{}{}</span>
<span class="product-words">
<span class="product-title clip-2">{}</span>
<span class="product-price">{}</span>
<span class="product-foot small soft">{}{}</span>
</span>
</a>{}</div>"""
SOLD_OUT = '<span class="chip chip-plain product-out">{}</span>'
SHOP = '<span class="clip-1">{}</span>'
SOLD = '<span class="product-sold">{}</span>'
WHY = '<a class="product-why" href="{}" rel="nofollow" aria-label="{}">{}</a>'


def product_tile(holes: Holes, tile: Tile, *, explained: bool) -> SafeString:
    """A part of `kit.pages.stencils` with the holes token, slot and why."""
    card, count = tile.card, sold(tile.sold)
    return format_html(
        TILE,
        f"{before('shelf:product', NOTHING)}{card.product_id}", holes["slot"], holes["token"],
        picture(card.cover, 480, "", name=card.title),
        format_html(SOLD_OUT, _("Sold out")) if card.sold_out else "",
        _marked(tile.title),
        price(card.price, card.list_price),
        format_html(SHOP, tile.shop.name) if tile.shop else "",
        format_html(SOLD, count) if count else "",
        format_html(WHY, holes["why"], _why(card.title), _("why?")) if explained else "",
    )  # fmt: skip


def _marked(title: Pieces) -> SafeString:
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", words) if wanted else words,)
                                       for words, wanted in title))  # fmt: skip


def _why(title: str) -> str:
    return _("Why am I shown “%(title)s”?") % {"title": title}
