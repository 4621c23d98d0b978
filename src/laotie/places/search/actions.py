"""Writing the index: all of it, or the products that something happened to."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from math import isclose
from pathlib import Path
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.places.search import queries, store
from laotie.places.search.contracts import Entry, Filters, Sort
from laotie.places.search.entries import entries, multipliers
from laotie.places.search.schema import document
from laotie.places.search.store import home

CHUNK = 500  # products read and written at a time: bounds memory, and the age of what a rebuild has read
Progress = Callable[[int], None]


def rebuild(progress: Progress | None = None) -> int:
    """Write a new index from what the goods are now, then use it. `progress` is told the products done so far.

    Returns how many products can be found. Raises IndexBusy.
    """
    written = read = 0
    with store.rebuilding(home()) as writer:
        for chunk in _chunks(catalogue.listed_ids()):
            found = entries(chunk)
            for entry in found:
                writer.add_document(document(entry))
            written, read = written + len(found), read + len(chunk)
            if progress:
                progress(read)
    return written


def ensure() -> int | None:
    """Build the index where there is none of this version. Returns what `rebuild` returns, or None."""
    return None if store.exists(home()) else rebuild()


def refresh(product_ids: Collection[UUID]) -> None:
    """Bring these products' entries up to date; those that may no longer be seen leave. Raises IndexBusy."""
    if not product_ids or ensure() is not None:
        return
    with store.changing(home()) as writer:
        for product_id in product_ids:
            writer.delete_documents_by_term("id", str(product_id))
        for chunk in _chunks(product_ids):
            for entry in entries(chunk):
                writer.add_document(document(entry))


def follow_standing() -> int:
    """Bring up to date whatever the index weighs otherwise than standing does now. Returns how many products."""
    stale: list[UUID] = []
    for start in range(0, queries.size(), CHUNK):
        held = queries.columns(Filters(), Sort.NEWEST, CHUNK, start)
        weights = multipliers(dict(zip(held.product_ids, held.shop_ids, strict=True)))
        pairs = zip(weights.items(), held.multiplier.tolist(), strict=True)
        stale += [product_id for (product_id, weight), was in pairs if not isclose(weight, was, abs_tol=1e-6)]
    for chunk in _chunks(stale):
        refresh(chunk)
    return len(stale)


def build(what: Iterable[Entry], root: Path) -> None:
    """Write an index of `what` below `root`, whatever market it is of: what benchmarks and offline work call."""
    with store.rebuilding(root) as writer:
        for entry in what:
            writer.add_document(document(entry))


def _chunks(product_ids: Iterable[UUID]) -> Iterator[Sequence[UUID]]:
    chunk: list[UUID] = []
    for product_id in product_ids:
        chunk.append(product_id)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
