"""Things that hardly anybody has seen yet, one an owner: see `traffic.feed.lane`."""

from laotie.places.search import queries as search
from laotie.places.search.contracts import Columns
from laotie.traffic.feed import lane
from laotie.traffic.feed.contracts import Asking


def propose(asking: Asking) -> Columns:
    return search.columns_of([arm.item for arm in lane.arms()])
