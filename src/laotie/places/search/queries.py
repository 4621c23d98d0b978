"""Reads of the index. Answers are at most `store.STALE` seconds behind the last commit."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from tantivy import DocAddress, Order, Query, Searcher

from laotie.places.search import asking, marks, meaning, pinyin, spelling, store, words
from laotie.places.search.contracts import DEEPEST_PAGE, EMPTY, Ask, Columns, Facet, Filters, Found, Sales, Sort
from laotie.places.search.schema import COLUMNS
from laotie.places.search.store import home
from laotie.places.search.words import Word

ORDERS = {
    Sort.RECOMMENDED: ("heat", Order.Desc),
    Sort.POPULAR: ("heat", Order.Desc),
    Sort.NEWEST: ("listed", Order.Desc),
    Sort.CHEAPEST: ("price", Order.Asc),
    Sort.DEAREST: ("price", Order.Desc),
}
FEW = 3  # found with all words asked for; with fewer, products with some of them are shown, too


def search(ask: Ask, root: Path | None = None) -> Found:
    """One page of what fits `ask`, with counts. EMPTY where no index was built yet."""
    searcher = store.searcher(root or home())
    if searcher is None:
        return EMPTY
    asked = meaning.asked(searcher, ask.words)
    if ask.words.strip() and not asked:
        return replace(EMPTY, size=ask.size)
    query, at_least = _fitting(searcher, asked, ask.filters)
    found = _counted(_page(searcher, query, ask, bool(asked)), searcher, asked, ask.filters, at_least)
    return replace(
        found,
        loosened=at_least < len(asked),
        instead=spelling.instead(searcher, asked),
        marks=tuple({mark for word in asked for each in (word, *word.others) for mark in (each.stem, each.plain)}),
    )


def page(ask: Ask, root: Path | None = None) -> tuple[UUID, ...]:
    """One page of ids alone: no counts, no spelling."""
    searcher = store.searcher(root or home())
    if searcher is None:
        return ()
    asked = meaning.asked(searcher, ask.words)
    query = asking.narrowed(asking.worded(searcher, asked, len(asked)), ask.filters)
    return _page(searcher, query, ask, bool(asked)).product_ids


def columns(filters: Filters, sort: Sort, limit: int, offset: int = 0, root: Path | None = None) -> Columns:
    """Up to `limit` products within `filters` in the order `sort`, after the first `offset`. Without a statement."""
    searcher = store.searcher(root or home())
    if searcher is None:
        return _columns(None, [])
    field, order = ORDERS[sort]
    query = asking.narrowed(Query.all_query(), filters)
    hits = searcher.search(query, limit, count=False, offset=offset, order_by_field=field, order=order).hits
    return _columns(searcher, [address for _, address in hits])


def columns_of(product_ids: Collection[UUID], root: Path | None = None) -> Columns:
    """Those of `product_ids` that can be found, in no order."""
    searcher = store.searcher(root or home())
    if searcher is None or not product_ids:
        return _columns(None, [])
    hits = searcher.search(asking.named(product_ids), len(product_ids), count=False).hits
    return _columns(searcher, [address for _, address in hits])


def size(root: Path | None = None) -> int:
    """How many products can be found."""
    searcher = store.searcher(root or home())
    return searcher.num_docs if searcher else 0


def _columns(searcher: Searcher | None, addresses: list[DocAddress]) -> Columns:
    def read(name: str, kind: type = np.int64) -> NDArray[Any]:
        return np.array(searcher.fast_field_values(name, addresses) if searcher else [], kind)

    high, low, shop_high, shop_low, category = map(read, COLUMNS)
    stock, multiplier = read("in_stock", np.bool_), read("multiplier", np.float64)
    return Columns(high, low, shop_high, shop_low, category, read("listed"), stock, multiplier)


def similar(product_id: UUID, limit: int, title: str, category: str = "", root: Path | None = None) -> list[UUID]:
    """Products in stock in `category` (a slug; "": anywhere) whose words are most like `title`, then the category's
    most bought; the product itself left out."""
    searcher = store.searcher(root or home())
    if searcher is None:
        return []
    filters = Filters(category=category, in_stock=True)
    query = asking.narrowed(asking.worded(searcher, words.asked(title), 1), filters)
    alike = searcher.search(query, limit + 1, count=False, weight_by_field="prior").hits
    bought = page(Ask(filters=filters, sort=Sort.POPULAR, size=limit + 1), root) if category else ()
    found = dict.fromkeys([*_ids(searcher, alike), *bought])
    return [other for other in found if other != product_id][:limit]


def sales(product_ids: Collection[UUID], root: Path | None = None) -> dict[UUID, Sales]:
    """The sales of those products that can be found; as old as the index, and without a statement."""
    searcher = store.searcher(root or home())
    if searcher is None or not product_ids:
        return {}
    hits = searcher.search(asking.named(product_ids), len(product_ids), count=False).hits
    addresses = [address for _, address in hits]
    sold = searcher.fast_field_values("sold", addresses)
    last = searcher.fast_field_values("last_sold", addresses)
    return {key: _sales(*figures) for key, *figures in zip(_ids(searcher, hits), sold, last, strict=True)}


def _sales(sold: Any, last: Any) -> Sales:
    return Sales(int(sold or 0), datetime.fromtimestamp(int(last), UTC) if last else None)


def suggest(start: str, limit: int = 8, root: Path | None = None) -> list[str]:
    """Titles' words that continue what is being typed, most frequent first: "pr" → "prawns", "price"; "lian" and
    "lyq" → "连衣裙"."""
    searcher = store.searcher(root or home())
    folded = words.fold(start[: words.LONGEST_QUESTION]).lstrip()
    if searcher is None or not folded.strip():
        return []
    head, typed = _last_word(folded)
    terms = searcher.terms_with_prefix("plain", typed, limit=200) if typed else []
    terms += pinyin.completions(searcher, typed, limit=200)
    best = sorted((term for term in terms if term[0] != typed), key=lambda term: (-term[1], term[0]))
    return [head + term for term, _ in best[:limit]]


def _fitting(searcher: Searcher, asked: Sequence[Word], filters: Filters) -> tuple[Query, int]:
    """A query for products with all the words where enough have them; else with half of them, else with any; and how
    many words it insists on."""
    insisted = dict.fromkeys([len(asked), -(-len(asked) // 2), 1])
    for at_least, enough in zip(insisted, (FEW, 1, 0), strict=False):
        query = asking.narrowed(asking.worded(searcher, asked, at_least), filters)
        if len(asked) < 2 or _count(searcher, query) >= enough:
            return query, at_least
    return query, at_least


def _page(searcher: Searcher, query: Query, ask: Ask, worded: bool) -> Found:
    page = min(max(ask.page, 1), DEEPEST_PAGE)
    sort = Sort.POPULAR if ask.sort == Sort.BEST and not worded else ask.sort
    options: dict[str, Any] = {"weight_by_field": "prior"}
    if sort != Sort.BEST:
        field, order = ORDERS[sort]
        options = {"order_by_field": field, "order": order}
    result = searcher.search(query, ask.size, count=True, offset=(page - 1) * ask.size, **options)
    return Found(tuple(_ids(searcher, result.hits)), result.count or 0, page=page, size=ask.size)


def _counted(found: Found, searcher: Searcher, asked: Sequence[Word], filters: Filters, at_least: int) -> Found:
    """`found` with its facets. Each is counted without its own filter, so that a second brand can be ticked."""
    query = asking.worded(searcher, asked, at_least)
    return replace(
        found,
        categories=_facet(searcher, asking.narrowed(query, filters), "category_key", 200),
        brands=_facet(searcher, asking.narrowed(query, replace(filters, brands=())), "brand_key", 30),
        shops=_facet(searcher, asking.narrowed(query, replace(filters, shops=())), "shop_key", 30),
    )


def _facet(searcher: Searcher, query: Query, field: str, size: int) -> tuple[Facet, ...]:
    answer = searcher.aggregate(query, {"values": {"terms": {"field": field, "size": size}}})
    return tuple(Facet(bucket["key"], bucket["doc_count"]) for bucket in answer["values"]["buckets"])


def _count(searcher: Searcher, query: Query) -> int:
    return searcher.search(query, 1, count=True).count or 0


def _ids(searcher: Searcher, hits: Sequence[tuple[Any, DocAddress]]) -> list[UUID]:
    return [UUID(searcher.doc(address)["id"][0]) for _, address in hits]


def _last_word(folded: str) -> tuple[str, str]:
    """What stands, and the word being typed: "red dr" → ("red ", "dr"). Chinese is completed as a whole."""
    if folded.endswith(" "):
        return folded, ""
    head, _, typed = folded.rpartition(" ")
    return (head + " " if head else ""), typed


def highlighted(title: str, words_asked: Collection[str]) -> list[tuple[str, bool]]:
    """`title` in pieces, each with whether one of the words asked for (`Found.marks`) is in it."""
    return marks.marked(title, words_asked)
