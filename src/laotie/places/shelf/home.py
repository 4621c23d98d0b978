"""The home page: the product of the day, what is popular, and the feed, which is most of it."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Category
from laotie.kit import clock
from laotie.places.search.contracts import Ask, Filters, Sort
from laotie.places.shelf import known, ordering
from laotie.places.shelf.contracts import Asker, RoomTile, Row, Tile, View
from laotie.places.shelf.tiles import Tiles

IN_ROW = 8
IN_FEED = 24
LATELY = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Feed:
    """The main thing of home. `page` counts from 1; `thread` leads to the next one, "" where there is none."""

    view: View
    tiles: list[Tile | RoomTile]
    page: int
    thread: str


@dataclass(frozen=True, slots=True)
class Home:
    """`hero` is the product of the day, `why` says by what; `roots` are the categories that have goods."""

    hero: Tile | None
    why: str
    rows: list[Row]
    roots: list[Category]
    feed: Feed


def home(asker: Asker, view: View) -> Home:
    """The home page of an account, or of a visitor."""
    popular = known.page(Ask(filters=Filters(in_stock=True), sort=Sort.POPULAR, size=IN_ROW + 1))
    ordered = ordering.current().home(asker, view, 1, IN_FEED)
    tiles = Tiles([*popular, *ordered.products], asker.viewer)
    sold = tiles.of([product_id for product_id in popular if tiles.sold(product_id)])
    rows = [Row(_("Popular these weeks"), _popular_why(tiles, sold), sold[1:], _all(Sort.POPULAR))] if sold[1:] else []
    first = sold or tiles.of(popular)
    why = _("Bought most of all") if sold else _("Just put on the shelf")
    feed = Feed(view, tiles.mixed(ordered), 1, ordered.thread)
    return Home(first[0] if first else None, why, rows, _stocked_roots(), feed)


def further(asker: Asker, view: View, page: int, thread: str) -> Feed:
    """A further page of the feed."""
    ordered = ordering.current().home(asker, view, page, IN_FEED, thread)
    tiles = Tiles(ordered.products, asker.viewer)
    return Feed(view, tiles.mixed(ordered), page, ordered.thread)


def _popular_why(tiles: Tiles, sold: list[Tile]) -> str:
    last = [tiles.sales[tile.card.product_id].last_at for tile in sold]
    lately = any(at and clock.now() - at < LATELY for at in last)
    return _("Bought most in the past four weeks") if lately else _("Bought most in this market")


def _stocked_roots() -> list[Category]:
    """First-level categories with goods in them, the fullest first."""
    counts = {facet.key: facet.count for facet in known.found(Ask(size=1)).categories}
    stocked = [node for node in catalogue.categories() if node.slug in counts]
    return sorted(stocked, key=lambda node: -counts[node.slug])


def _all(sort: Sort) -> str:
    return f"{reverse('shelf:search')}?sort={sort}"
