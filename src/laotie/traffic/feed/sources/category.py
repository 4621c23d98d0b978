"""What is bought most in each category of the first level, so that no page is of one category alone."""

from dataclasses import replace
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.places.search import queries as search
from laotie.places.search.contracts import Ask, Columns, Sort
from laotie.traffic.feed.contracts import Asking

EACH = 8
MOST_ROOTS = 30


def propose(asking: Asking) -> Columns:
    found: list[UUID] = []
    for node in catalogue.categories()[:MOST_ROOTS]:
        within = replace(asking.filters, category=node.slug)
        found += search.page(Ask(filters=within, sort=Sort.POPULAR, size=EACH))
    return search.columns_of(found)
