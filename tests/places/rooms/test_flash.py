"""A flash offer in a room: ten pieces at the price, thirty buyers at once, exactly ten of them get it."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections

from laotie.goods.terms import actions as terms
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.money import Money
from laotie.kit.origin import Origin
from laotie.places.rooms import whole
from laotie.stream.outbox import subscriptions
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders import selling
from laotie.trade.orders.contracts import Filter, Wanted
from tests.makers import make_account, make_address
from tests.places.rooms.making import Heard, make_card, make_host, make_plan_offer, make_session
from tests.stream.settling import settle

PIECES, BUYERS, FLASH = 10, 30, 3000


def deliver() -> None:
    settle()
    found = next(one for one in subscriptions.subscriptions() if one.name == "rooms.cards")
    while subscriptions.deliver(found):
        pass


@pytest.mark.django_db(transaction=True)
def test_ten_pieces_and_thirty_buyers(heard: Heard):
    host = make_host()
    session = make_session(host, on_air=True)
    offer = make_plan_offer(price_minor=5000, stock=100)
    card = make_card(host, session, offer)
    now = clock.now()
    terms.set_timed_price(offer.id, FLASH, now, now + timedelta(minutes=5), cap_per_buyer=1, allotment=PIECES)
    deliver()
    [told] = [event["body"]["card"] for event in heard.events if event["kind"] == "card"][-1:]
    assert (told["price_minor"], told["list_price"]) == (FLASH, "¥50.00")
    assert told["ends_at"] == (now + timedelta(minutes=5)).isoformat()
    origin = Origin("session", session=session.id, card=card.id, creator=host.id)
    buyers = [make_account(f"B{n}") for n in range(BUYERS)]
    addresses = {buyer.id: make_address(buyer).id for buyer in buyers}
    refused: list[str] = []
    start = Barrier(BUYERS)

    def buy(buyer: UUID) -> None:
        start.wait()
        try:
            wanted = [Wanted(offer.id, 1, Money(FLASH, "CNY"), origin)]
            placed = orders.place(buyer, wanted, addresses[buyer], f"flash-{buyer}")
            orders.pay(placed.checkout_id, placed.total)
        except MarketError as error:
            refused.append(error.code)
        finally:
            connections.close_all()

    threads = [Thread(target=buy, args=[buyer.id]) for buyer in buyers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    had = [len(order_queries.orders_of_buyer(buyer.id, Filter()).orders) for buyer in buyers]
    assert sum(had) == PIECES
    assert len(refused) == BUYERS - PIECES
    assert set(refused) <= {"order.price_changed", "order.sold_out"}
    sold, _by_card = selling.sold_in(session.id)
    assert (sold.orders, sold.gmv.minor, sold.owed.minor) == (PIECES, PIECES * FLASH, PIECES * FLASH * 12 // 100)
    deliver()
    [shown] = whole.state(session.id)["cards"]
    assert (shown["price_minor"], shown["ends_at"], shown["left"]) == (5000, "", 100 - PIECES)
    assert heard.events[-1]["body"]["card"]["price_minor"] == 5000
