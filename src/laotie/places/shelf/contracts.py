"""What the shelf shows, ready to be drawn or sent, and the port by which a higher room says in which order."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from laotie.goods.catalogue.contracts import Category, Product
from laotie.goods.offers.contracts import FreightPlan, Offer, ProductCard
from laotie.people.merchants.contracts import Shop
from laotie.places.rooms.contracts import OnAir
from laotie.places.search.contracts import Ask

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A product in a list: its card, its shop, how many were sold, its title in pieces (words asked for are marked),
    the token that proves it was served in this place, and where its reasons are told ("": nowhere)."""

    card: ProductCard
    shop: Shop | None
    sold: int
    title: Pieces
    token: str = field(default="", compare=False)
    why: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """Tiles are looked up by the dozen for every page: two of a product that differ in trifles may collide."""
        return hash((self.card.product_id, self.sold))


@dataclass(frozen=True, slots=True)
class RoomTile:
    """A room on air in a list, with its token and where its reasons are told."""

    room: OnAir
    token: str = field(default="", compare=False)
    why: str = field(default="", compare=False)


class SlotKind(StrEnum):
    """What stands in a place."""

    PRODUCT = "product"
    SESSION = "session"


class View(StrEnum):
    """What a visitor wants of the home page's feed."""

    FOR_YOU = "for-you"
    FOLLOWING = "following"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks: account and pseudonym, both None for a visitor."""

    account: UUID | None = None
    viewer: UUID | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A product, or a room, in its place of a decision; `why` is where its reasons are told, "" for nowhere."""

    item: UUID
    position: int
    why: str = ""
    kind: SlotKind = SlotKind.PRODUCT


@dataclass(frozen=True, slots=True)
class Ordered:
    """One decision: the slots of a page, in order. `thread` says how the next page continues it, "" where none does."""

    decision: UUID
    slots: tuple[Slot, ...]
    thread: str = ""

    @property
    def products(self) -> list[UUID]:
        """The products among the slots, in order."""
        return [slot.item for slot in self.slots if slot.kind is SlotKind.PRODUCT]


class Ordering(ABC):
    """In which order goods are shown where nobody asked for another. `thread` is that of the page before, "" at first;
    one that is not ours, or too old, begins anew."""

    @abstractmethod
    def home(self, asker: Asker, view: View, page: int, size: int, thread: str = "") -> Ordered:
        """A page of the home's feed."""

    @abstractmethod
    def within(self, asker: Asker, ask: Ask, thread: str = "") -> Ordered:
        """A page of what fits the filters of `ask`, which has no words."""


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
