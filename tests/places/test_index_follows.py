"""The index and the popularity follow the facts: what is sold, changed, ended or taken down."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.offers import actions as offers
from laotie.goods.offers import queries as offer_queries
from laotie.kit import clock
from laotie.people.merchants import actions as merchants
from laotie.places.popularity import actions as popularity
from laotie.places.popularity import queries as pulses
from laotie.places.popularity.contracts import Sale
from laotie.places.search import actions, queries
from laotie.places.search.contracts import Ask, Filters, Sort
from laotie.stream.outbox import subscriptions
from tests.makers import make_account, make_offer, make_operator, make_placed, make_product, make_shop, wanted
from tests.stream.settling import settle


def found(words: str = "", **filters: object) -> list[UUID]:
    return list(queries.search(Ask(words, Filters(**filters))).product_ids)  # type: ignore[arg-type]


def deliver() -> None:
    settle()
    while subscriptions.deliver_all():
        pass


@pytest.mark.django_db(transaction=True)
def test_a_product_is_found_while_it_may_be_seen() -> None:
    actions.rebuild()
    shop = make_shop(make_account("Owner"))
    product = make_product(shop, "Golden needle mushrooms")
    assert found("mushroom") == []
    deliver()
    assert found("mushroom") == [product.id]
    catalogue.end_product(product.id)
    deliver()
    assert found("mushroom") == []
    catalogue.mark_listed(product.id)
    deliver()
    assert found("mushroom") == [product.id]
    catalogue.take_down_product(make_operator().id, product.id, "not what it says")
    deliver()
    assert found("mushroom") == []


@pytest.mark.django_db(transaction=True)
def test_the_goods_of_a_shop_go_with_it_and_come_back_with_it() -> None:
    actions.rebuild()
    owner, operator = make_account("Owner"), make_operator()
    shop = make_shop(owner)
    offer, other = make_offer(shop, "Pine honey"), make_offer(make_shop(make_account("Other")), "Lime honey")
    deliver()
    merchants.take_down(operator.id, shop.id, "Sold sugar as honey.")
    deliver()
    assert found("honey") == [other.product_id]
    merchants.restore(operator.id, shop.id)
    deliver()
    assert set(found("honey")) == {offer.product_id, other.product_id}
    merchants.close(owner.id, shop.id)
    deliver()
    assert found("honey") == [other.product_id]


@pytest.mark.django_db(transaction=True)
def test_a_new_price_moves_a_product_between_filters() -> None:
    offer = make_offer(make_shop(make_account("Owner")), "Pine honey", price_minor=5000)
    deliver()
    assert found(price_to=5000) == [offer.product_id]
    offers.set_price(offer.id, 8000)
    deliver()
    assert found(price_to=5000) == []
    assert found(price_from=8000, price_to=8000) == [offer.product_id]


@pytest.mark.django_db(transaction=True)
def test_a_product_without_an_offer_on_sale_is_not_found() -> None:
    offer = make_offer(make_shop(make_account("Owner")), "Pine honey")
    deliver()
    offers.take_off_sale(offer.id)
    deliver()
    assert found("honey") == []


@pytest.mark.django_db(transaction=True)
def test_orders_make_a_product_popular_once() -> None:
    shop = make_shop(make_account("Owner"))
    quiet, loved = make_offer(shop, "Quiet tea"), make_offer(shop, "Loved tea")
    make_placed(make_account("Buyer"), wanted(loved, 3))
    deliver()
    deliver()
    assert pulses.pulses([quiet.product_id, loved.product_id])[loved.product_id].sold == 3
    assert queries.search(Ask("tea", sort=Sort.POPULAR)).product_ids == (loved.product_id, quiet.product_id)


@pytest.mark.django_db
def test_drafts_and_goods_of_closed_doors_are_not_indexed() -> None:
    shop = make_shop(make_account("Owner"))
    listed = make_product(shop, "Listed tea")
    ended = make_product(shop, "Ended tea")
    catalogue.end_product(ended.id)
    assert actions.rebuild() == 1
    assert found("tea") == [listed.id]
    assert actions.ensure() is None


@pytest.mark.django_db
def test_what_is_sold_out_is_found_but_not_in_stock() -> None:
    offer = make_offer(make_shop(make_account("Owner")), "Rare tea", stock=0)
    actions.rebuild()
    assert found("tea") == [offer.product_id]
    assert found("tea", in_stock=True) == []


@pytest.mark.django_db
def test_heat_forgets_by_half_in_a_fortnight(shelve: Callable[[], int]) -> None:
    now = clock.now()
    old, new = UUID(int=1), UUID(int=2)
    popularity.count([Sale(old, 8, now - timedelta(days=28)), Sale(new, 1, now), Sale(new, 2, now)])
    popularity.count([Sale(old, 4, now - timedelta(days=14))])
    with clock.travel(now):
        seen = pulses.pulses([old, new])
    assert seen[old].sold == 12
    assert seen[old].recent == pytest.approx(4)
    assert seen[new].recent == pytest.approx(3)
    assert [pulse.product_id for pulse in pulses.hottest(2)] == [old, new]
    assert offer_queries.cards([]) == {}
