"""The index's reader of facts. It may be told the same fact twice: it reads what is, not what the fact says."""

from collections.abc import Sequence
from uuid import UUID

from procrastinate.contrib.django import app

from laotie.goods.catalogue import queries as catalogue
from laotie.places.search import actions
from laotie.stream.facts import Recorded

OF_SHOPS = ("merchant.closed", "merchant.restored", "merchant.taken_down")
KINDS = (
    *OF_SHOPS,
    "line.placed",
    "offer.changed",
    "product.changed",
    "product.ended",
    "product.listed",
    "product.taken_down",
)


def follow(facts: Sequence[Recorded]) -> None:
    """Look again at every product that something happened to, or to its shop."""
    changed = {UUID(fact.body["product_id"]) for fact in facts if fact.body.get("product_id")}
    shops = {UUID(fact.body["shop_id"]) for fact in facts if fact.kind in OF_SHOPS}
    changed |= {product.id for shop_id in shops for product in catalogue.all_of_merchant(shop_id)}
    actions.refresh(changed)


@app.periodic(cron="27 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="search.follow_standing", queueing_lock="search.follow_standing")  # type: ignore[untyped-decorator]
def follow_standing(timestamp: int) -> None:
    """Standing is written by night without a fact of its own; the index looks every hour."""
    actions.follow_standing()
