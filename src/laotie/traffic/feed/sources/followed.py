"""The newest goods of shops that the person follows."""

from dataclasses import replace

from laotie.places.search import queries as search
from laotie.places.search.contracts import Columns, Sort
from laotie.traffic.feed.contracts import Asking, Manner
from laotie.traffic.feed.stages.types import Person

MOST = 48
MOST_FOLLOWING = 480  # where one wants nothing but these: twenty pages


def propose(asking: Asking, person: Person) -> Columns:
    shops = tuple(person.following.values())
    if not shops:
        return search.columns_of(())
    most = MOST_FOLLOWING if asking.manner is Manner.FOLLOWING else MOST
    return search.columns(replace(asking.filters, shops=shops), Sort.NEWEST, most)
