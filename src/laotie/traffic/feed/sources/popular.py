"""What is bought most of late, of everything or within the filters."""

from laotie.places.search import queries as search
from laotie.places.search.contracts import Columns, Sort
from laotie.traffic.feed.contracts import Asking, Manner

MOST = 240
MOST_IN_CATEGORY = 480  # twenty pages; what comes after them follows in this order


def propose(asking: Asking) -> Columns:
    most = MOST_IN_CATEGORY if asking.manner is Manner.CATEGORY else MOST
    return search.columns(asking.filters, Sort.POPULAR, most)
