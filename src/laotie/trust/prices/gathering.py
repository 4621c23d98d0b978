"""From the catalogue and the lake to listings: what sellers say of their goods, and the price that counts tonight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from laotie.engine.price import listings, shown
from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Product
from laotie.stream.lake.queries import Snapshot

FREIGHT_DAYS = 30
BATCH = 500
SECONDS = 86_400.0
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Listed:
    """`listings` (see `engine.price.listings`), the products and shops in the same order, and each one's cut."""

    listings: pa.Table
    products: tuple[UUID, ...]
    shops: tuple[UUID, ...]
    cut: Floats


def gather(lake: Snapshot, day: date, moment: float) -> Listed:
    """Every listed product whose price counts at `moment` (days since 1970), its cheapest offer for each."""
    prices = _prices(lake, moment)
    freight = _freight(lake, day)
    rows: list[Mapping[str, object]] = []
    products, shops, cut = [], [], []
    for product in _listed():
        if product.id not in prices:
            continue
        now, usual = prices[product.id]
        rows.append(_row(product, now, usual, freight.get(product.id)))
        products.append(product.id)
        shops.append(product.merchant_id)
        cut.append(max(1 - now / usual, 0.0))
    return Listed(listings.table(rows), tuple(products), tuple(shops), np.array(cut))


def _listed() -> Iterator[Product]:
    batch: list[UUID] = []
    for product_id in catalogue.listed_ids():
        batch.append(product_id)
        if len(batch) == BATCH:
            yield from catalogue.products(batch).values()
            batch.clear()
    yield from catalogue.products(batch).values()


def _row(product: Product, now: float, usual: float, freight: float | None) -> dict[str, object]:
    return {
        "listing": str(product.id),
        "seller": str(product.merchant_id),
        "identifier": listings.identifier_in(product.facts),
        "brand": product.brand or None,
        "category": str(product.category_id),
        "title": product.title,
        "facts": [(name, str(value)) for name, value in product.facts.items()],
        "price": now,
        "usual": usual,
        "freight": freight,
    }


def _prices(lake: Snapshot, moment: float) -> dict[UUID, tuple[float, float]]:
    """What counts now and what was usual, for each product its cheapest offer's, in minor units."""
    offer, product, at, price = _changes(lake)
    offers, code = np.unique(np.array(offer, dtype=str), return_inverse=True)
    found = shown.shown(code.astype(np.int64), np.array(at, dtype=float), np.array(price, dtype=float), moment,
                        len(offers))  # fmt: skip
    of = dict(zip(offer, product, strict=True))
    cheapest: dict[UUID, tuple[float, float]] = {}
    for name, now, usual in zip(offers.tolist(), found.now.tolist(), found.usual.tolist(), strict=True):
        held = cheapest.get(UUID(of[name]))
        if not np.isnan(now) and (held is None or now < held[0]):
            cheapest[UUID(of[name])] = (now, usual)
    return cheapest


def _changes(lake: Snapshot) -> tuple[list[str], list[str], list[float], list[float]]:
    """Offer, product, when (days since 1970) and price (NaN: not on sale) of every change of a standing price.

    Timed prices are bounded in pieces and hours: they are a shop's event, not what the thing costs.
    """
    if "offer.changed" not in lake.kinds():
        return [], [], [], []
    facts = lake.read("offer.changed")
    price = pc.if_else(facts["on_sale"], facts["price_minor"].cast(pa.float64()), float("nan"))
    at = [moment.timestamp() / SECONDS for moment in facts["occurred_at"].to_pylist()]
    offer, product = (facts[name].cast(pa.string()).to_pylist() for name in ("offer_id", "product_id"))
    return offer, product, at, price.to_pylist()


def _freight(lake: Snapshot, day: date) -> dict[UUID, float]:
    """What carrying one piece cost in the middle, over the deals of the last days that no rule voids."""
    if "line.placed" not in lake.kinds():
        return {}
    placed = lake.read("line.placed", [day - timedelta(days=back) for back in range(FREIGHT_DAYS)])
    if "deal.voided" in lake.kinds():
        gone = lake.read("deal.voided")["line_id"].combine_chunks()
        placed = placed.filter(pc.invert(pc.is_in(placed["line_id"], value_set=gone)))
    each: dict[str, list[float]] = {}
    for row in placed.select(["product_id", "freight_minor", "quantity"]).to_pylist():
        each.setdefault(str(row["product_id"]), []).append(row["freight_minor"] / max(row["quantity"], 1))
    return {UUID(product): float(np.median(held)) for product, held in each.items()}
