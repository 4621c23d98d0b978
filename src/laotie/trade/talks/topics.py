"""What can be asked about, and whose it is."""

from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.kit.errors import MarketError
from laotie.people.merchants import queries as merchants
from laotie.trade.orders import queries as orders
from laotie.trade.talks.contracts import About, Topic
from laotie.trade.talks.errors import NothingToAskAbout


def topic(account_id: UUID, kind: str, about_id: UUID) -> tuple[UUID, Topic]:
    """The shop to ask, and the topic. Raises NothingToAskAbout, also for someone else's order."""
    try:
        return _READ[About(kind)](account_id, about_id)
    except (KeyError, ValueError, MarketError) as error:
        raise NothingToAskAbout from error


def _shop(account_id: UUID, about_id: UUID) -> tuple[UUID, Topic]:
    shop = merchants.shop(about_id)
    if not shop.is_open:
        raise NothingToAskAbout
    return shop.id, Topic(About.SHOP, shop.id, shop.name, shop.face)


def _product(account_id: UUID, about_id: UUID) -> tuple[UUID, Topic]:
    product = catalogue.product(about_id)
    if product.status not in {"listed", "ended"}:
        raise NothingToAskAbout
    return product.merchant_id, Topic(About.PRODUCT, product.id, product.title, product.cover)


def _order(account_id: UUID, about_id: UUID) -> tuple[UUID, Topic]:
    order = orders.order_for(account_id, about_id)
    if order.buyer_id != account_id:
        raise NothingToAskAbout
    first = order.lines[0]
    return order.merchant_id, Topic(About.ORDER, order.id, first.title, first.picture)


_READ = {About.SHOP: _shop, About.PRODUCT: _product, About.ORDER: _order}
