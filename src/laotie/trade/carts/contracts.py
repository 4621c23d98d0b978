"""What leaves the carts: a cart as it stands against what the shops offer now."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from laotie.goods.deals.contracts import DealTerms
from laotie.kit.money import Money
from laotie.kit.origin import Origin


class Snag(StrEnum):
    """Why a line cannot be ordered as it stands."""

    NONE = ""
    GONE = "gone"  # no longer on sale
    SOLD_OUT = "sold_out"
    SHORT = "short"  # fewer are left than wanted
    OVER_CAP = "over_cap"


@dataclass(frozen=True, slots=True)
class CartLine:
    """A line with the terms of now. `seen` is the price the buyer put it in at, or last confirmed."""

    quantity: int
    seen: Money
    terms: DealTerms
    origin: Origin
    snag: Snag

    @property
    def offer_id(self) -> UUID:
        return self.terms.offer_id

    @property
    def amount(self) -> Money:
        return self.terms.price * self.quantity

    @property
    def buyable(self) -> bool:
        return self.snag is Snag.NONE

    @property
    def dearer(self) -> bool:
        return self.terms.price.minor > self.seen.minor

    @property
    def cheaper(self) -> bool:
        return self.terms.price.minor < self.seen.minor

    @property
    def most(self) -> int:
        """How many this buyer may have now."""
        return self.terms.left if self.terms.cap is None else min(self.terms.left, self.terms.cap)


@dataclass(frozen=True, slots=True)
class ShopLines:
    """The lines of one shop. `freight` is None while no region is known, or where the shop does not send there."""

    merchant_id: UUID
    shop: str
    shop_slug: str
    lines: tuple[CartLine, ...]
    goods: Money
    freight: Money | None
    served: bool


@dataclass(frozen=True, slots=True)
class Cart:
    """`shops` are what would be ordered; `saved` what is kept for later. Totals count only what can be ordered."""

    shops: tuple[ShopLines, ...]
    saved: tuple[CartLine, ...]
    goods: Money
    freight: Money
    total: Money

    @property
    def lines(self) -> tuple[CartLine, ...]:
        return tuple(line for shop in self.shops for line in shop.lines)

    @property
    def buyable(self) -> tuple[CartLine, ...]:
        return tuple(line for line in self.lines if line.buyable)

    @property
    def served(self) -> bool:
        return all(shop.served for shop in self.shops)
