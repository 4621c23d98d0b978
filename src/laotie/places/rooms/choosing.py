"""What a creator may put on a card: what shops offer a share of, and what an own shop sells."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.deals import queries as deals
from laotie.goods.deals.contracts import DealTerms
from laotie.goods.offers import queries as offers
from laotie.goods.terms import queries as terms
from laotie.kit import clock, market
from laotie.kit.money import Money
from laotie.people.merchants import queries as merchants

MOST = 40
READ = 2000  # offers looked through


@dataclass(frozen=True, slots=True)
class Choice:
    """An offer with what holds for this creator."""

    terms: DealTerms
    carded: bool
    named: bool = False  # whether its plan is made for this creator and few others

    @property
    def worth(self) -> Money:
        """What one piece brings the creator at the plan's rate."""
        return market.current().money(self.terms.price.minor * self.terms.commission_bp // 10_000)

    @property
    def percent(self) -> str:
        return f"{self.terms.commission_bp / 100:g}"


def choices(creator_id: UUID, words: str = "", carded: Iterable[UUID] = ()) -> list[Choice]:
    """Offers on sale whose title has all of `words`: the best share first, sold-out ones last, carded ones marked."""
    plans = terms.plans_for(creator_id, clock.now(), READ)
    ids = list(dict.fromkeys([*_own(creator_id), *(plan.offer_id for plan in plans)]))[:READ]
    named = {plan.id for plan in plans if plan.creators}
    holding = deals.deal_terms(ids, None, clock.now(), dict.fromkeys(ids, creator_id))
    wanted = [word.casefold() for word in words.split()[:8]]
    there = set(carded)
    found = [
        Choice(each, each.offer_id in there, each.plan_id in named)
        for each in holding.values()
        if each.on_sale and all(word in f"{each.title} {each.shop}".casefold() for word in wanted)
    ]
    return sorted(found, key=lambda choice: (not choice.terms.left, -choice.worth.minor, choice.terms.title))[:MOST]


def _own(creator_id: UUID) -> list[UUID]:
    shops = [shop for shop in merchants.shops_of(creator_id) if merchants.owns(creator_id, shop.id)]
    goods = [product.id for shop in shops for product in catalogue.products_of_merchant(shop.id, count=200)[0]]
    return [offer.id for each in offers.offers_of_products(goods).values() for offer in each]
