"""What was put on the shelf most recently."""

from laotie.places.search import queries as search
from laotie.places.search.contracts import Columns, Sort
from laotie.traffic.feed.contracts import Asking, Manner

MOST, MOST_NEWEST = 96, 480


def propose(asking: Asking) -> Columns:
    return search.columns(asking.filters, Sort.NEWEST, MOST_NEWEST if asking.manner is Manner.NEWEST else MOST)
