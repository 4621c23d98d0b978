"""Writing a product, its variants, offers and stock in one go. Whether somebody may is judged before, in `queries`."""

from laotie.goods.listings.actions.importing import carry_out, send_file
from laotie.goods.listings.actions.many import end_many, relist_many
from laotie.goods.listings.actions.writing import draft_product, list_product, relist, save_and_list, save_product

__all__ = [
    "carry_out",
    "draft_product",
    "end_many",
    "list_product",
    "relist",
    "relist_many",
    "save_and_list",
    "save_product",
    "send_file",
]
