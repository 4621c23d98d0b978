"""The rows of the home page: which goods, and why these."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Category
from laotie.kit import clock
from laotie.people.follows import queries as follows
from laotie.places.search.contracts import Ask, Filters, Sort
from laotie.places.shelf import known
from laotie.places.shelf.contracts import Row, Tile
from laotie.places.shelf.tiles import Tiles

IN_ROW = 8
CATEGORY_ROWS = 3
LATELY = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Home:
    """`hero` is the product of the day, `why` says by what; `roots` are the categories that have goods."""

    hero: Tile | None
    why: str
    rows: list[Row]
    roots: list[Category]


@dataclass(slots=True)
class _Draft:
    """A row before its products are read."""

    title: str
    why: str
    href: str
    ids: Sequence[UUID] = field(default_factory=tuple)


def home(account_id: UUID | None, viewer: UUID | None, language: str) -> Home:
    """The home page of an account, or of a visitor."""
    roots = _stocked_roots()
    popular = known.page(Ask(filters=Filters(in_stock=True), sort=Sort.POPULAR, size=IN_ROW + 1))
    drafts = [
        *_followed(account_id),
        _newest(),
        *(_of_category(node, count, language) for node, count in roots[:CATEGORY_ROWS]),
        _free(),
    ]
    tiles = Tiles([*popular, *(product_id for draft in drafts for product_id in draft.ids)], viewer)
    sold = tiles.of([product_id for product_id in popular if tiles.sold(product_id)])
    rows = [Row(draft.title, draft.why, tiles.of(draft.ids), draft.href) for draft in drafts]
    first = sold or tiles.of(popular)
    if sold[1:]:
        rows.insert(0, Row(_("Popular these weeks"), _popular_why(tiles, sold), sold[1:], _all(Sort.POPULAR)))
    why = _("Bought most of all") if sold else _("Just put on the shelf")
    return Home(first[0] if first else None, why, [row for row in rows if row.tiles], [node for node, _count in roots])


def _popular_why(tiles: Tiles, sold: list[Tile]) -> str:
    last = [tiles.sales[tile.card.product_id].last_at for tile in sold]
    lately = any(at and clock.now() - at < LATELY for at in last)
    return _("Bought most in the past four weeks") if lately else _("Bought most in this market")


def _stocked_roots() -> list[tuple[Category, int]]:
    """First-level categories with goods in them, the fullest first, and how many."""
    counts = {facet.key: facet.count for facet in known.found(Ask(size=1)).categories}
    stocked = [(node, counts[node.slug]) for node in catalogue.categories() if node.slug in counts]
    return sorted(stocked, key=lambda pair: -pair[1])


def _followed(account_id: UUID | None) -> list[_Draft]:
    if account_id is None:
        return []
    shops = tuple(followed.target_id for followed in follows.follows(account_id, "shop"))
    ids = known.page(Ask(filters=Filters(shops=shops), sort=Sort.NEWEST, size=IN_ROW)) if shops else ()
    return [_Draft(_("From shops you follow"), _("Their newest goods"), "", ids)]


def _newest() -> _Draft:
    ids = known.page(Ask(filters=Filters(in_stock=True), sort=Sort.NEWEST, size=IN_ROW))
    return _Draft(_("New arrivals"), _("Put on the shelf most recently"), _all(Sort.NEWEST), ids)


def _of_category(node: Category, count: int, language: str) -> _Draft:
    ids = known.page(Ask(filters=Filters(category=node.slug, in_stock=True), sort=Sort.POPULAR, size=IN_ROW))
    why = ngettext("%(count)s thing, the most bought first", "%(count)s things, the most bought first", count)
    return _Draft(node.name(language), why % {"count": count}, reverse("shelf:category", args=[node.slug]), ids)


def _free() -> _Draft:
    ids = known.page(Ask(filters=Filters(free_freight=True, in_stock=True), sort=Sort.POPULAR, size=IN_ROW))
    return _Draft(_("Free freight"), _("The price is all you pay"), f"{_all(Sort.POPULAR)}&freight=on", ids)


def _all(sort: Sort) -> str:
    return f"{reverse('shelf:search')}?sort={sort}"
