"""What prices put on other rooms' pages."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Product
from laotie.kit.memory import ShortMemory
from laotie.people.merchants import queries as merchants
from laotie.trust.prices import queries
from laotie.trust.prices.contracts import ITEM, KIND, Compared
from laotie.trust.prices.errors import NotCompared

LEVEL = 0.005  # nearer to the usual price than this is at it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a product's price stands, and the same items at other shops."""

    found: Compared
    rows: tuple[dict[str, Any], ...]


_places: ShortMemory[UUID, Place | None] = ShortMemory(5000, ages=4)  # prices are compared once a day


def among_same_items(request: HttpRequest, product: Product, **rest: Any) -> str:
    """Below a product: its price among the same items, with freight, and who else sells them."""
    place = _places.get(product.id, lambda: _place(product.id))
    if place is None:
        return ""
    found = place.found
    context = {"found": found, "sentence": sentence(found), "basis": basis(found), "rows": place.rows,
               "cut": 100 * found.cut, "this": product.id}  # fmt: skip
    return render_to_string("prices/among.html", context, request)


def _place(product_id: UUID) -> Place | None:
    try:
        found = queries.compared(product_id)
    except NotCompared:
        return None
    if found.index is None:
        return None
    return Place(found, tuple(_rows(queries.same_items(found))) if found.basis == ITEM else ())


def sentence(found: Compared) -> str:
    """Where the price stands, in words."""
    index = found.index or 1.0
    share = f"{abs(index - 1) * 100:.0f}"
    if abs(index - 1) < LEVEL or share == "0":
        return _("At the usual price") if found.basis == ITEM else _("At the usual price of its kind")
    if index < 1:
        return _("{share} % below the usual price").format(share=share)
    return _("{share} % above the usual price").format(share=share)


def basis(found: Compared) -> str:
    """What was compared with what."""
    if found.basis == KIND:
        return _("Compared with goods of its kind by brand and facts: fewer than three shops sell the same item.")
    return ngettext(
        "Compared with the same item at {n} shop, freight included.",
        "Compared with the same item at {n} shops, freight included.",
        found.sellers,
    ).format(n=found.sellers)


def _rows(same: list[Compared]) -> list[dict[str, Any]]:
    products = catalogue.products([row.product_id for row in same])
    shops = merchants.shops(row.shop_id for row in same)
    return [
        {"row": row, "product": products[row.product_id], "of": shops.get(row.shop_id)}
        for row in same
        if row.product_id in products and products[row.product_id].status == "listed"
    ]
