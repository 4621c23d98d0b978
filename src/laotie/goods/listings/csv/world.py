"""What a file is judged against: the merchant's goods and plans, and the market's categories."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Sku
from laotie.goods.listings import queries
from laotie.goods.listings.contracts import Row
from laotie.goods.offers import queries as offers


@dataclass(frozen=True)
class World:
    """`categories` and `plans` by folded name; `skus` by code; `rows` by product."""

    categories: dict[str, set[UUID]]
    plans: dict[str, UUID]
    skus: dict[str, Sku]
    rows: dict[UUID, Row]


def world(merchant_id: UUID, codes: Iterable[str]) -> World:
    """The market as the merchant's file meets it; a handful of statements."""
    skus = catalogue.skus_by_code(merchant_id, codes)
    products = catalogue.products({sku.product_id for sku in skus.values()})
    return World(
        categories=_categories(),
        plans={plan.name.casefold(): plan.id for plan in reversed(offers.plans_of_merchant(merchant_id))},
        skus=skus,
        rows={row.product.id: row for row in queries.rows(products.values())},
    )


def _categories() -> dict[str, set[UUID]]:
    """Leaves by address, by name and by whole path, in both languages."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for node in catalogue.all_categories().values():
        if not node.children:
            path = catalogue.category_path(node.id)
            names = {node.slug, node.name_zh, node.name_en}
            names |= {"/".join(each.name(language) for each in path) for language in ("zh", "en")}
            for name in names:
                found[path_key(name)].add(node.id)
    return found


def path_key(name: str) -> str:
    """A category's name or path, folded: spaces around the strokes and other strokes do not count."""
    return "/".join(part.strip() for part in name.casefold().replace("／", "/").replace(">", "/").split("/"))
