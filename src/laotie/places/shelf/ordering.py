"""Who orders the shelf: a higher room, bound at start-up, or plainly what is bought most."""

from laotie.kit.ids import new_id
from laotie.places.search.contracts import Ask, Filters, Sort
from laotie.places.shelf import known
from laotie.places.shelf.contracts import Asker, Ordered, Ordering, Slot, View


class ByPopularity(Ordering):
    """What is bought most comes first, for everybody alike."""

    def home(self, asker: Asker, view: View, page: int, size: int, thread: str = "") -> Ordered:
        sort = Sort.POPULAR if view is View.FOR_YOU else Sort.NEWEST
        return self._ordered(Ask(filters=Filters(in_stock=True), sort=sort, page=page, size=size))

    def within(self, asker: Asker, ask: Ask, thread: str = "") -> Ordered:
        return self._ordered(ask)

    def _ordered(self, ask: Ask) -> Ordered:
        found = known.page(ask)
        slots = tuple(Slot(product_id, position) for position, product_id in enumerate(found))
        return Ordered(new_id(), slots, "next" if len(found) == ask.size else "")


_bound: list[Ordering] = [ByPopularity()]


def use(ordering: Ordering) -> None:
    """Let `ordering` order the shelf from now on."""
    _bound[0] = ordering


def current() -> Ordering:
    """What orders the shelf."""
    return _bound[0]
