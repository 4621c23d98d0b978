"""Reading a list's address: which tab, which words, which page."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laotie.trade.orders.contracts import Filter, OrderPage, State

BUYER_TABS: dict[str, tuple[str | Promise, tuple[State, ...]]] = {
    "": (_("All"), ()),
    "pay": (_("To be paid"), (State.PLACED,)),
    "ship": (_("To be shipped"), (State.PAID,)),
    "way": (_("On its way"), (State.SHIPPED,)),
    "arrived": (_("Arrived"), (State.SIGNED, State.DONE)),
    "refunds": (_("Refunds"), (State.REFUNDING, State.REFUNDED, State.DISPUTED)),
}
SHOP_TABS: dict[str, tuple[str | Promise, tuple[State, ...]]] = {
    "ship": (_("To be shipped"), (State.PAID,)),
    "way": (_("On its way"), (State.SHIPPED,)),
    "arrived": (_("Arrived"), (State.SIGNED, State.DONE)),
    "refunds": (_("Refunds"), (State.REFUNDING, State.REFUNDED, State.DISPUTED)),
    "unpaid": (_("Not paid"), (State.PLACED, State.CANCELLED)),
    "all": (_("All"), ()),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a list, as its template shows it."""

    name: str
    label: str | Promise
    count: int
    chosen: bool


def tabs(known: dict[str, tuple[str | Promise, tuple[State, ...]]], chosen: str, counts: dict[State, int]) -> list[Tab]:
    """Tabs with their counts; lists without an end show none."""
    return [
        Tab(name, label, sum(counts.get(state, 0) for state in states), name == chosen)
        for name, (label, states) in known.items()
    ]


def wanted(request: HttpRequest, states: tuple[State, ...]) -> Filter:
    """The filter that the address asks for."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    return Filter(states=states, words=words, late=request.GET.get("late") == "1")


def page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def paged(found: OrderPage) -> "Page[int]":
    """What `{% pages %}` needs."""
    return Paginator(range(found.count), found.size).page(found.number)
