"""Writes of the catalogue. Whether somebody may is judged before: `listings.queries` holds the access functions."""

from laotie.goods.catalogue.actions.brands import ensure_brand
from laotie.goods.catalogue.actions.categories import (
    add_category,
    move_category,
    plant_categories,
    remove_category,
    rename_category,
)
from laotie.goods.catalogue.actions.products import create_product, update_product
from laotie.goods.catalogue.actions.states import (
    end_product,
    mark_listed,
    remove_product,
    restore_product,
    take_down_product,
)
from laotie.goods.catalogue.history import (
    PastCategory,
    PastProduct,
    PastSku,
    admit_categories,
    admit_history,
    category_ids,
)

__all__ = [
    "PastCategory",
    "PastProduct",
    "PastSku",
    "add_category",
    "admit_categories",
    "admit_history",
    "category_ids",
    "create_product",
    "end_product",
    "ensure_brand",
    "mark_listed",
    "move_category",
    "plant_categories",
    "remove_category",
    "remove_product",
    "rename_category",
    "restore_product",
    "take_down_product",
    "update_product",
]
