"""What an order costs, and whether it may be had: judgements over the terms that were read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from laotie.goods.deals import queries as deals
from laotie.goods.deals.contracts import DealTerms
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import FreightLine
from laotie.goods.offers.errors import NotServed as OfferNotServed
from laotie.goods.terms import queries as terms_queries
from laotie.goods.terms.contracts import Claim
from laotie.kit import clock, market
from laotie.kit.errors import MarketError
from laotie.kit.money import Money, split, total
from laotie.trade.orders.contracts import Wanted
from laotie.trade.orders.errors import CouponUnfit, NotOnSale, NotServed, OverCap, PriceChanged, SoldOut


@dataclass(frozen=True, slots=True)
class Part:
    """One shop's part: its lines with their terms and freight shares, and what a coupon takes off each."""

    merchant_id: UUID
    lines: tuple[tuple[Wanted, DealTerms, Money], ...]
    discounts: tuple[int, ...]
    claim: Claim | None = None

    @property
    def goods(self) -> Money:
        """What the goods cost, less the coupon."""
        return self.worth - market.current().money(sum(self.discounts))

    @property
    def worth(self) -> Money:
        return total((terms.price * line.quantity for line, terms, _ in self.lines), market.current().currency)

    @property
    def freight(self) -> Money:
        return total((share for _, _, share in self.lines), market.current().currency)


def check_terms(wanted: Sequence[Wanted], terms: Mapping[UUID, DealTerms]) -> None:
    """Raises NotOnSale, OverCap, SoldOut, each naming every line. The write judges caps and stock again, for good."""
    gone = [_named(line, terms) for line in wanted if line.offer_id not in terms or not terms[line.offer_id].on_sale]
    if gone:
        raise _not_on_sale(gone)
    over = [line for line in wanted if (cap := terms[line.offer_id].cap) is not None and line.quantity > cap]
    if over:
        raise _over_cap([_named(line, terms, cap=terms[line.offer_id].cap) for line in over])
    short = [line for line in wanted if line.quantity > terms[line.offer_id].left]
    if short:
        raise _sold_out(short, terms, {line.offer_id: terms[line.offer_id].left for line in short})


def parts(wanted: Sequence[Wanted], terms: Mapping[UUID, DealTerms], region: str) -> list[Part]:
    """The lines by shop, with the freight of each shop shared over its lines by value. Raises NotServed."""
    by_shop: dict[UUID, list[Wanted]] = defaultdict(list)
    for line in wanted:
        by_shop[terms[line.offer_id].merchant_id].append(line)
    return [_part(shop, lines, terms, region) for shop, lines in sorted(by_shop.items())]


def _part(shop: UUID, lines: list[Wanted], terms: Mapping[UUID, DealTerms], region: str) -> Part:
    own = [terms[line.offer_id] for line in lines]
    amounts = [deal.price * line.quantity for line, deal in zip(lines, own, strict=True)]
    asked = [
        FreightLine(shop, deal.freight_plan, line.quantity, amount)
        for line, deal, amount in zip(lines, own, amounts, strict=True)
    ]
    try:
        cost = offers.freight(asked, region, market.current().currency)[shop]
    except OfferNotServed as error:
        raise NotServed(field="address", shop=own[0].shop, region=region) from error
    shares = map(market.current().money, split(cost.minor, [amount.minor for amount in amounts]))
    return Part(shop, tuple(zip(lines, own, shares, strict=True)), (0,) * len(lines))


def with_coupons(parts: Sequence[Part], claim_ids: Collection[UUID], account_id: UUID, at: datetime) -> list[Part]:
    """The parts with what the buyer's coupons take off, one a shop. Raises CouponUnfit where one takes nothing off."""
    if not claim_ids:
        return list(parts)
    mine = {claim.id: claim for claim in terms_queries.claims_in_hand(account_id, at) if claim.id in claim_ids}
    by_shop = {claim.coupon.shop_id: claim for claim in mine.values()}
    if len(by_shop) != len(set(claim_ids)) or not by_shop.keys() <= {part.merchant_id for part in parts}:
        raise CouponUnfit(field="coupons")
    return [_off(part, by_shop[part.merchant_id]) if part.merchant_id in by_shop else part for part in parts]


def _off(part: Part, claim: Claim) -> Part:
    """Shared over the lines by what they cost, to the last of the currency's units."""
    off = claim.off(part.worth.minor)
    if not off:
        raise CouponUnfit(field="coupons")
    worth = [terms.price.minor * line.quantity for line, terms, _ in part.lines]
    return Part(part.merchant_id, part.lines, tuple(split(off, worth)), claim)


def check_agreed(
    wanted: Sequence[Wanted], terms: Mapping[UUID, DealTerms], shares: Sequence[Part], agreed_total: Money | None
) -> None:
    """Raises PriceChanged where a line, or the total, is not what the buyer saw."""
    now = sum(part.goods.minor + part.freight.minor for part in shares)
    changed = [line for line in wanted if terms[line.offer_id].price != line.agreed_price]
    if not changed and (agreed_total is None or agreed_total.minor == now):
        return
    prices = {line.offer_id: terms[line.offer_id].price.minor for line in wanted}
    raise _price_changed(changed or wanted, terms, prices, now)


def refused(refusal: dict[str, Any], wanted: Sequence[Wanted], terms: Mapping[UUID, DealTerms]) -> MarketError:
    """The error for what goods said no to while writing. A sold-out one names every line that is short by now."""
    if refusal["reason"] == "coupon":
        return CouponUnfit(field="coupons")
    line = next(line for line in wanted if line.offer_id == UUID(refusal["offer"]))
    if refusal["reason"] == "cap":
        return _over_cap([_named(line, terms, cap=refusal["cap"])])
    if refusal["reason"] == "closed":
        return _not_on_sale([_named(line, terms)])
    if refusal["reason"] == "sold_out":
        left = deals.stock_left([line.offer_id for line in wanted])
        return _sold_out([other for other in wanted if other.quantity > left[other.offer_id] or other is line],
                         terms, left)  # fmt: skip
    # The timed price ended, or its units went, between reading and writing: the buyer looks again.
    fresh = deals.deal_terms([line.offer_id], None, clock.now())
    price = fresh[line.offer_id].price if line.offer_id in fresh else terms[line.offer_id].list_price
    return _price_changed([line], terms, {line.offer_id: price.minor}, None)


def _sold_out(short: Sequence[Wanted], terms: Mapping[UUID, DealTerms], left: Mapping[UUID, int]) -> SoldOut:
    rows = [_named(line, terms, wanted=line.quantity, left=left[line.offer_id]) for line in short]
    return SoldOut(lines=rows, titles=_titles(rows))


def _not_on_sale(rows: list[dict[str, Any]]) -> NotOnSale:
    return NotOnSale(lines=rows, titles=_titles(rows))


def _over_cap(rows: list[dict[str, Any]]) -> OverCap:
    return OverCap(lines=rows, titles=_titles(rows))


def _price_changed(
    changed: Sequence[Wanted], terms: Mapping[UUID, DealTerms], prices: Mapping[UUID, int], total_minor: int | None
) -> PriceChanged:
    rows = [
        _named(line, terms, agreed_minor=line.agreed_price.minor, price_minor=prices[line.offer_id]) for line in changed
    ]
    return PriceChanged(lines=rows, titles=_titles(rows), total_minor=total_minor)


def _named(line: Wanted, terms: Mapping[UUID, DealTerms], **more: Any) -> dict[str, Any]:
    title = terms[line.offer_id].title if line.offer_id in terms else str(line.offer_id)
    return {"offer_id": str(line.offer_id), "title": title, **more}


def _titles(rows: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(row["title"] for row in rows)
