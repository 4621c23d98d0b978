"""Rooms on air: the goods on their cards. Whoever knows of rooms is bound at start-up; until then nobody is on air."""

from collections.abc import Callable, Iterable

from laotie.places.search import queries as search
from laotie.places.search.contracts import Columns
from laotie.traffic.feed.contracts import Asking, OnAir

_on_air: list[Callable[[], Iterable[OnAir]]] = [lambda: ()]


def use(on_air: Callable[[], Iterable[OnAir]]) -> None:
    """Ask `on_air` from now on."""
    _on_air[0] = on_air


def propose(asking: Asking) -> Columns:
    cards = {product for room in _on_air[0]() for product in room.product_ids}
    return search.columns_of(cards)
