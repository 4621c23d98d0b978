"""The buyer's coupons on what would be ordered: the best one of each shop, by itself."""

from dataclasses import dataclass
from uuid import UUID

from laotie.goods.terms import queries as terms
from laotie.kit import clock, market
from laotie.kit.money import Money, total
from laotie.trade.carts.contracts import Cart


@dataclass(frozen=True, slots=True)
class Applied:
    """What a claim takes off one shop's goods."""

    claim_id: UUID
    shop: str
    off: Money


@dataclass(frozen=True, slots=True)
class Payable:
    """A cart with its coupons: what they take off, and what is left to pay."""

    coupons: tuple[Applied, ...]
    off: Money
    total: Money


def payable(cart: Cart, account_id: UUID) -> Payable:
    """What the account would pay for `cart` now, in one statement."""
    claims = terms.claims_in_hand(account_id, clock.now()) if cart.buyable else []
    found = []
    for shop in cart.shops:
        own = [(claim.off(shop.goods.minor), claim.id) for claim in claims if claim.coupon.shop_id == shop.merchant_id]
        most, claim_id = max(own, default=(0, shop.merchant_id))
        if most:
            found.append(Applied(claim_id, shop.shop, market.current().money(most)))
    off = total((each.off for each in found), market.current().currency)
    return Payable(tuple(found), off, cart.total - off)
