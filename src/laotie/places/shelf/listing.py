"""A list of goods as its page shows it: tiles, counts by value, the filters in force and how to undo each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Category
from laotie.kit import market
from laotie.kit.ids import id_of
from laotie.people.merchants.contracts import Shop
from laotie.places.search.contracts import Ask, Facet, Filters, Found, Sort
from laotie.places.shelf import known, ordering
from laotie.places.shelf.asking import SORTS, AskForm, asked
from laotie.places.shelf.contracts import Asker, Ordered, Tile
from laotie.places.shelf.tiles import Tiles

ALTERNATIVES = 8
TICKS = 8  # brands or shops to choose from
THREAD = "thread"  # the query's key for how a page continues the one before


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to tick: its name, how many goods have it, whether it is ticked."""

    key: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """A filter in force, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the template draws."""

    ask: Ask
    form: AskForm
    found: Found
    tiles: list[Tile]
    sorts: list[Choice]
    brands: list[Choice]
    shops: list[Choice]
    categories: list[Choice]
    in_force: list[InForce]
    instead_of_nothing: list[Tile]
    next_page: str


def listing(
    request: HttpRequest,
    asker: Asker,
    language: str,
    within: Filters | None = None,
    node: Category | None = None,
) -> Listing:
    """What fits the request's question `within` a category or a shop. Three statements."""
    ask, form = asked(request, within)
    found = known.found(ask)
    ordered = _ordered(request, asker, ask)
    shown = ordered.products if ordered else found.product_ids
    others = (
        () if found.total else known.page(Ask(filters=Filters(in_stock=True), sort=Sort.POPULAR, size=ALTERNATIVES))
    )
    brands = ticks(found.brands, ask.filters.brands)
    shops = ticks(found.shops, [str(shop) for shop in ask.filters.shops])
    tiles = Tiles([*shown, *others], asker.viewer, {*(id_of(facet.key) for facet in shops), *ask.filters.shops})
    more = ask.page < found.pages
    return Listing(
        ask=ask,
        form=form,
        found=found,
        tiles=tiles.ordered(ordered) if ordered else tiles.of(shown, found.marks),
        sorts=_sorts(ask),
        brands=[Choice(facet.key, facet.key, facet.count, facet.key in ask.filters.brands) for facet in brands],
        shops=[] if within and within.shops else _shops(shops, tiles.shops, ask),
        categories=_categories(found, ask, node, language),
        in_force=_in_force(request, ask, within, tiles.shops, language),
        instead_of_nothing=tiles.of(others),
        next_page=_next_page(request, ask, ordered) if more else "",
    )


def _ordered(request: HttpRequest, asker: Asker, ask: Ask) -> Ordered | None:
    """The order of whoever orders the shelf, where no other is asked for."""
    if ask.sort != Sort.RECOMMENDED:
        return None
    return ordering.current().within(asker, ask, request.GET.get(THREAD, ""))


def _next_page(request: HttpRequest, ask: Ask, ordered: Ordered | None) -> str:
    thread = (ordered.thread or None) if ordered else None
    return again(request, page=str(ask.page + 1), **{THREAD: thread})


def again(request: HttpRequest, **changes: str | None) -> str:
    """This page's address with some of its query changed; None removes a key. Another page continues no thread."""
    query = request.GET.copy()
    if "page" in changes:
        query.pop(THREAD, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _sorts(ask: Ask) -> list[Choice]:
    """The orders to choose from. Price is one of them: chosen again, it turns round."""
    chosen = Sort.POPULAR if ask.sort == Sort.BEST and not ask.words else ask.sort
    left_out = Sort.RECOMMENDED if ask.words or ask.sort == Sort.BEST else Sort.BEST
    price = Choice(Sort.CHEAPEST, _("Price"), 0, False)
    if chosen == Sort.CHEAPEST:
        price = Choice(Sort.DEAREST, _("Price ↑"), 0, True)
    elif chosen == Sort.DEAREST:
        price = Choice(Sort.CHEAPEST, _("Price ↓"), 0, True)
    orders = [Choice(key, str(name), 0, key == chosen) for key, name in SORTS.items() if key != left_out]
    return [*orders, price]


def ticks(facets: Sequence[Facet], chosen: Collection[str]) -> list[Facet]:
    """The most frequent values, and those that are ticked: the form would drop them."""
    return [facet for place, facet in enumerate(facets) if place < TICKS or facet.key in chosen]


def _shops(facets: Sequence[Facet], shops: dict[UUID, Shop], ask: Ask) -> list[Choice]:
    known = [(facet, shops[id_of(facet.key)]) for facet in facets if id_of(facet.key) in shops]
    return [Choice(facet.key, shop.name, facet.count, shop.id in ask.filters.shops) for facet, shop in known]


def _categories(found: Found, ask: Ask, node: Category | None, language: str) -> list[Choice]:
    """The next level below `node` (or the roots): where the found goods are."""
    counts = {facet.key: facet.count for facet in found.categories}
    below = node.children if node else catalogue.categories()
    return [
        Choice(each.slug, each.name(language), counts[each.slug], each.slug == ask.filters.category)
        for each in below
        if each.slug in counts
    ]


def _in_force(
    request: HttpRequest, ask: Ask, within: Filters | None, shops: dict[UUID, Shop], language: str
) -> list[InForce]:
    """Chips that undo one filter each."""
    filters = ask.filters
    chips = [InForce(brand, _without(request, "brand", brand)) for brand in filters.brands]
    if not (within and within.shops):
        chips += [
            InForce(shops[shop].name, _without(request, "shop", str(shop))) for shop in filters.shops if shop in shops
        ]
    if filters.category and not (within and within.category):
        names = {node.slug: node.name(language) for node in catalogue.all_categories().values()}
        chips.append(InForce(names.get(filters.category, filters.category), again(request, category=None, page=None)))
    if filters.price_from is not None or filters.price_to is not None:
        chips.append(InForce(_prices(filters), again(request, low=None, high=None, page=None)))
    if filters.in_stock:
        chips.append(InForce(_("In stock"), again(request, stock=None, page=None)))
    if filters.free_freight:
        chips.append(InForce(_("Free freight"), again(request, freight=None, page=None)))
    return chips


def _prices(filters: Filters) -> str:
    money = market.current().money
    low, high = filters.price_from, filters.price_to
    if high is None:
        return _("from %(low)s") % {"low": money(low or 0)}
    if low is None:
        return _("up to %(high)s") % {"high": money(high)}
    return f"{money(low)} – {money(high)}"


def _without(request: HttpRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    query.setlist(name, [other for other in query.getlist(name) if other != value])
    query.pop("page", None)
    query.pop(THREAD, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
