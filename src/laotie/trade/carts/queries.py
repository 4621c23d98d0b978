"""Reading carts, against what is offered now: two statements, however many lines and shops."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from laotie.goods.deals import queries as deals
from laotie.goods.deals.contracts import DealTerms
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import FreightLine
from laotie.goods.offers.errors import NotServed
from laotie.kit import clock, market
from laotie.kit.money import Money, total
from laotie.kit.origin import Origin, origin_of
from laotie.kit.prepared import Prepared, array
from laotie.trade.carts.contracts import Cart, CartLine, ShopLines, Snag
from laotie.trade.carts.models import CartLineRow

WAITING = Prepared(
    "carts_waiting", "SELECT count(*) FROM carts_cartlinerow WHERE cart = ANY ($1::uuid[]) AND NOT saved"
)


def cart(cart_id: UUID | None, account_id: UUID | None = None, region: str = "") -> Cart:
    """A cart as `account_id` would order it to `region`; prices and freight of now."""
    rows = list(CartLineRow.objects.filter(cart=cart_id).order_by("-put_at", "-pk")) if cart_id else []
    terms = deals.deal_terms([row.offer_id for row in rows], account_id, clock.now())
    lines = [(row.saved, _line(row, terms[row.offer_id])) for row in rows if row.offer_id in terms]
    return assembled([line for saved, line in lines if not saved], [line for saved, line in lines if saved], region)


def only(offer_id: UUID, quantity: int, account_id: UUID, origin: Origin, region: str = "") -> Cart:
    """A cart of one line, for buying at once."""
    terms = deals.deal_terms([offer_id], account_id, clock.now()).get(offer_id)
    lines = [CartLine(quantity, terms.price, terms, origin, snag_of(terms, quantity))] if terms else []
    return assembled(lines, [], region)


def chosen(whole: Cart, offer_ids: Iterable[UUID], region: str = "") -> Cart:
    """The part of a cart that is ordered now."""
    wanted = set(offer_ids)
    return assembled([line for line in whole.lines if line.offer_id in wanted], [], region)


def count(cart_ids: Sequence[UUID]) -> int:
    """How many lines wait in these carts."""
    [(lines,)] = WAITING.rows(array(cart_ids))
    return int(lines)


def assembled(lines: Sequence[CartLine], saved: Sequence[CartLine], region: str) -> Cart:
    """Lines grouped by shop, the shop of the newest line first, with freight to `region`."""
    by_shop: dict[UUID, list[CartLine]] = defaultdict(list)
    for line in lines:
        by_shop[line.terms.merchant_id].append(line)
    shops = tuple(_shop(own, region) for own in by_shop.values())
    currency = market.current().currency
    goods = total((shop.goods for shop in shops), currency)
    freight = total((shop.freight for shop in shops if shop.freight), currency)
    return Cart(shops, tuple(saved), goods, freight, goods + freight)


def _shop(lines: Sequence[CartLine], region: str) -> ShopLines:
    first = lines[0].terms
    buyable = [line for line in lines if line.buyable]
    goods = total((line.amount for line in buyable), market.current().currency)
    freight, served = _freight(first.merchant_id, buyable, region)
    return ShopLines(first.merchant_id, first.shop, first.shop_slug, tuple(lines), goods, freight, served)


def _freight(merchant_id: UUID, lines: Sequence[CartLine], region: str) -> tuple[Money | None, bool]:
    if not region or not lines:
        return None, True
    asked = [FreightLine(merchant_id, line.terms.freight_plan, line.quantity, line.amount) for line in lines]
    try:
        return offers.freight(asked, region, market.current().currency)[merchant_id], True
    except NotServed:
        return None, False


def _line(row: CartLineRow, terms: DealTerms) -> CartLine:
    seen = market.current().money(row.seen_minor)
    return CartLine(row.quantity, seen, terms, origin_of(row.origin), snag_of(terms, row.quantity))


def snag_of(terms: DealTerms, quantity: int) -> Snag:
    """Why so many cannot be ordered now, if they cannot."""
    if not terms.on_sale:
        return Snag.GONE
    if terms.left == 0:
        return Snag.SOLD_OUT
    if quantity > terms.left:
        return Snag.SHORT
    return Snag.OVER_CAP if terms.cap is not None and quantity > terms.cap else Snag.NONE
