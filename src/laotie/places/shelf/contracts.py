"""What the shelf shows, ready to be drawn or sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from laotie.goods.catalogue.contracts import Category, Product
from laotie.goods.offers.contracts import FreightPlan, Offer, ProductCard
from laotie.people.merchants.contracts import Shop

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A product in a list: its card, its shop, how many were sold, its title in pieces (words asked for are marked),
    and the token that proves it was served in this place."""

    card: ProductCard
    shop: Shop | None
    sold: int
    title: Pieces
    token: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """Tiles are looked up by the dozen for every page: two of a product that differ in trifles may collide."""
        return hash((self.card.product_id, self.sold))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the home page. `why` says in words why these goods are in it; `href` leads to all of them."""

    title: str
    why: str
    tiles: list[Tile]
    href: str


@dataclass(frozen=True, slots=True)
class ProductPage:
    """Everything the market itself says on a product's page. `card` is None where nothing of it is on sale now."""

    product: Product
    shop: Shop
    path: tuple[Category, ...]
    card: ProductCard | None
    offers: tuple[Offer, ...]
    plans: Mapping[UUID, FreightPlan]
    sold: int
    more: list[Tile]
    similar: list[Tile]

    @property
    def state(self) -> str:
        """ "on_sale", "ended" or "taken_down"."""
        if self.product.status == "taken_down":
            return "taken_down"
        return "on_sale" if self.card and self.product.status == "listed" and self.shop.is_open else "ended"

    @property
    def ships_within_hours(self) -> int:
        """The longest that any of its offers promises to take."""
        return max((offer.ships_within_hours for offer in self.offers), default=0)

    @property
    def plan(self) -> FreightPlan | None:
        """The freight of the first offer; None where it has none (carried free)."""
        plan_id = self.offers[0].freight_plan_id if self.offers else None
        return self.plans.get(plan_id) if plan_id else None
