"""Coupons: claimed by whoever comes in time, used once, shared over the lines, given back where nothing was sold."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from laotie.goods.terms import actions as terms
from laotie.goods.terms import queries as held
from laotie.goods.terms.contracts import Coupon
from laotie.goods.terms.errors import BadCap, BadCoupon, BadTime, CouponHad, CouponsGone, NoSuchTerms
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.ids import new_id
from laotie.kit.money import Money
from laotie.people.accounts.contracts import AccountView
from laotie.people.merchants.contracts import Shop
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries
from laotie.trade.orders.contracts import Placed
from laotie.trade.orders.errors import CouponUnfit, KeyReused, PriceChanged
from laotie.trade.refunds import actions as refunds
from tests.makers import make_account, make_address, make_offer, make_shop, wanted

HOUR = timedelta(hours=1)


@pytest.fixture
def shop(db) -> Shop:
    return make_shop(make_account("Owner"))


def make_coupon(shop: Shop, amount: int = 500, threshold: int = 3000, budget: int = 5000, **more: Any) -> Coupon:
    return terms.make_coupon(shop.id, amount, threshold, budget, clock.now() + HOUR, **more)


def place(buyer: AccountView, *lines: Any, key: str = "k", coupons: Any = (), total: int | None = None) -> Placed:
    agreed = None if total is None else Money(total, "CNY")
    return orders.place(buyer.id, lines, make_address(buyer).id, key, coupons=coupons, agreed_total=agreed)


def test_a_coupon_is_shared_over_the_lines_to_the_last_cent(shop: Shop):
    buyer, claim = make_account(), None
    claim = terms.claim(buyer.id, make_coupon(shop, 1000).id)
    offers = [make_offer(shop, f"Thing {n}", price_minor=price) for n, price in enumerate((1000, 1001, 999))]
    placed = place(buyer, *map(wanted, offers), coupons=[claim.id], total=2000)
    order = queries.order_for(buyer.id, placed.order_ids[0])
    assert placed.total.minor == order.goods.minor == sum(line.goods.minor for line in order.lines) == 2000
    assert sorted(line.discount.minor for line in order.lines) == [333, 333, 334]
    assert {(line.coupon_id, line.discount_payer) for line in order.lines} == {(claim.coupon.id, "shop")}
    assert held.claims_in_hand(buyer.id, clock.now()) == []


def test_what_does_not_apply_is_refused_and_nothing_is_written(shop: Shop):
    buyer, other = make_account(), make_account("Other")
    offer, elsewhere = make_offer(shop, price_minor=3000), make_offer(make_shop(make_account("O2")), price_minor=9000)
    coupon = make_coupon(shop)
    claim, foreign = terms.claim(buyer.id, coupon.id), terms.claim(other.id, coupon.id)
    low = terms.claim(buyer.id, make_coupon(shop, threshold=3001).id)
    for lines, coupons in (
        ([wanted(elsewhere)], [claim.id]),  # of another shop
        ([wanted(offer)], [foreign.id]),  # in another's hand
        ([wanted(offer)], [low.id]),  # the goods cost too little
        ([wanted(offer, 2)], [claim.id, low.id]),  # two of one shop
        ([wanted(offer)], [new_id()]),
    ):
        with pytest.raises(CouponUnfit):
            place(buyer, *lines, coupons=coupons)
    with pytest.raises(PriceChanged):
        place(buyer, wanted(offer), coupons=[claim.id], total=3000)
    with clock.travel(clock.now() + HOUR), pytest.raises(CouponUnfit):
        place(buyer, wanted(offer), coupons=[claim.id])
    assert queries.orders_of_buyer(buyer.id).orders == ()
    place(buyer, wanted(offer), coupons=[claim.id], total=2500)
    with pytest.raises(CouponUnfit):
        place(buyer, wanted(offer), key="again", coupons=[claim.id])


def test_the_same_key_gives_the_same_answer_and_another_coupon_is_another_order(shop: Shop):
    buyer, offer = make_account(), make_offer(shop, price_minor=3000)
    claim, second = (terms.claim(buyer.id, make_coupon(shop).id) for _ in range(2))
    address = make_address(buyer).id
    first = orders.place(buyer.id, [wanted(offer)], address, "k", coupons=[claim.id])
    assert orders.place(buyer.id, [wanted(offer)], address, "k", coupons=[claim.id]) == first
    for coupons in ([second.id], []):
        with pytest.raises(KeyReused):
            orders.place(buyer.id, [wanted(offer)], address, "k", coupons=coupons)


def test_an_order_that_comes_to_nothing_gives_the_coupon_back(shop: Shop):
    buyer, offer = make_account(), make_offer(shop, price_minor=3000)
    claim = terms.claim(buyer.id, make_coupon(shop).id)

    def in_hand() -> list[Any]:
        return [each.id for each in held.claims_in_hand(buyer.id, clock.now())]

    placed = place(buyer, wanted(offer), coupons=[claim.id])
    assert in_hand() == []
    orders.cancel(buyer.id, placed.order_ids[0])
    assert in_hand() == [claim.id]
    placed = place(buyer, wanted(offer, 2), key="k2", coupons=[claim.id])
    orders.pay(placed.checkout_id, placed.total)
    [line] = queries.order_for(buyer.id, placed.order_ids[0]).lines
    half = refunds.ask(buyer.id, placed.order_ids[0], {line.id: 1}, "changed_mind")
    assert (half.amount.minor, in_hand()) == (2750, [])  # half of what was paid, not half of the price
    rest = refunds.ask(buyer.id, placed.order_ids[0], {line.id: 1}, "changed_mind")
    order = queries.order_for(buyer.id, placed.order_ids[0])
    assert (rest.amount.minor, order.repaid.minor, order.paid.minor) == (2750, 5500, 5500)
    assert in_hand() == [claim.id]


def test_asking_twice_takes_one_and_a_cap_is_a_cap(shop: Shop):
    buyer, offer = make_account(), make_offer(shop, price_minor=3000)
    coupon = make_coupon(shop, cap_per_buyer=2)
    first = terms.claim(buyer.id, coupon.id)
    assert terms.claim(buyer.id, coupon.id).id == first.id
    assert held.coupon(coupon.id).left == 9
    for number in range(2):
        place(buyer, wanted(offer), key=f"k{number}", coupons=[terms.claim(buyer.id, coupon.id).id])
    with pytest.raises(CouponHad):
        terms.claim(buyer.id, coupon.id)
    assert held.coupon(coupon.id).left == 8


def test_what_makes_no_coupon(shop: Shop):
    for error, amount, threshold, budget, more in (
        (BadCoupon, 0, 3000, 5000, {}), (BadCoupon, 3001, 3000, 5000, {}), (BadCoupon, 500, 3000, 499, {}),
        (BadCap, 500, 3000, 5000, {"cap_per_buyer": 0}), (BadCap, 1, 1, 10**9, {}),
    ):  # fmt: skip
        with pytest.raises(error):
            make_coupon(shop, amount, threshold, budget, **more)
    with pytest.raises(BadTime):
        terms.make_coupon(shop.id, 500, 3000, 5000, clock.now())
    with pytest.raises(NoSuchTerms):
        terms.claim(make_account().id, new_id())
    coupon = make_coupon(shop)
    terms.close_coupon(coupon.id)
    terms.close_coupon(coupon.id)
    with pytest.raises(CouponsGone):
        terms.claim(make_account().id, coupon.id)


@pytest.mark.django_db(transaction=True)
def test_ten_coupons_and_thirty_who_press_twice():
    coupon = make_coupon(make_shop(make_account("Owner")))
    people = [make_account(f"B{n}") for n in range(30)]
    start, had, refused = Barrier(60), [], []

    def press(who: AccountView) -> None:
        start.wait()
        try:
            had.append(terms.claim(who.id, coupon.id).id)
        except MarketError as error:
            refused.append(error.code)
        finally:
            connections.close_all()

    run([Thread(target=press, args=[who]) for who in people for _ in range(2)])
    assert (len(set(had)), len(had), set(refused)) == (10, 20, {"terms.coupons_gone"})
    assert held.coupon(coupon.id).left == 0
    assert OutboxRow.objects.filter(kind="coupon.claimed").count() == 10


@pytest.mark.django_db(transaction=True)
def test_one_coupon_is_used_once_however_many_orders_name_it():
    shop = make_shop(make_account("Owner"))
    buyer, offer = make_account(), make_offer(shop, price_minor=3000)
    claim, address = terms.claim(buyer.id, make_coupon(shop).id), make_address(buyer).id
    start, placed, refused = Barrier(8), [], []

    def order(number: int) -> None:
        start.wait()
        try:
            placed.append(orders.place(buyer.id, [wanted(offer)], address, f"k{number}", coupons=[claim.id]))
        except MarketError as error:
            refused.append(error.code)
        finally:
            connections.close_all()

    run([Thread(target=order, args=[number]) for number in range(8)])
    assert (len(placed), refused) == (1, ["order.coupon_unfit"] * 7)
    assert queries.sold([offer.id])[offer.id] == 1
    assert OutboxRow.objects.filter(kind="coupon.used").count() == 1


def run(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
