"""A flash offer in a room: ten pieces at the price, thirty buyers at once, exactly ten of them get it."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connections

from laotie.goods.offers.contracts import Offer
from laotie.goods.terms import queries as terms
from laotie.goods.terms.errors import NotLower, Overlap
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.money import Money
from laotie.kit.origin import Origin
from laotie.people.accounts.contracts import AccountView
from laotie.people.grants import actions as grants
from laotie.people.merchants import queries as merchants
from laotie.places.rooms import actions, whole
from laotie.places.rooms.errors import BadFlash, NoFlash, NoSuchCard, NotYourPrice, NotYourRoom, WrongState
from laotie.stream.outbox import subscriptions
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders import selling
from laotie.trade.orders.contracts import Filter, Wanted
from tests.makers import make_account, make_address
from tests.places.rooms.making import Heard, make_card, make_host, make_plan_offer, make_session
from tests.stream.settling import settle

PIECES, BUYERS, FLASH = 10, 30, 3000


def let_cut(host: AccountView, offer: Offer, scope: str = "air") -> None:
    """The offer's shop lets the host cut its prices on air."""
    owner = merchants.owners([offer.merchant_id])[offer.merchant_id]
    grants.grant(owner, host.id, scope, offer.merchant_id)


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
    let_cut(host, offer)
    now = actions.flash(host.id, session.id, card.id, FLASH, PIECES, 300, cap_per_buyer=1).starts_at
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
    assert (shown["flash"]["pieces"], shown["flash"]["left"], shown["flash"]["cap"]) == (PIECES, 0, 1)
    assert heard.events[-1]["body"]["card"]["price_minor"] == 5000


@pytest.mark.django_db
def test_a_flash_offer_waits_runs_and_is_over_by_the_markets_clock():
    host = make_host()
    session = make_session(host, on_air=True)
    offer = make_plan_offer(price_minor=5000)
    card = make_card(host, session, offer)
    let_cut(host, offer)
    now = clock.now()
    actions.flash(host.id, session.id, card.id, FLASH, 5, 60, starts_in=30)

    def told(seconds: int) -> tuple[int, int | None]:
        with clock.travel(now + timedelta(seconds=seconds)):
            [shown] = whole.state(session.id)["cards"]
        return shown["price_minor"], shown["flash"] and shown["flash"]["left"]

    assert [told(seconds) for seconds in (0, 31, 89, 91)] == [(5000, 5), (FLASH, 5), (FLASH, 5), (5000, None)]
    with clock.travel(now + timedelta(seconds=40)):
        actions.end_flash(host.id, session.id, card.id)
        assert told(41) == (5000, None)
        with pytest.raises(NoFlash):
            actions.end_flash(host.id, session.id, card.id)


@pytest.mark.django_db
def test_the_room_is_told_when_a_flash_offer_turns():
    host = make_host()
    session = make_session(host, on_air=True)
    offer = make_plan_offer(price_minor=5000)
    card = make_card(host, session, offer)
    let_cut(host, offer)
    made = actions.flash(host.id, session.id, card.id, FLASH, 5, 60, starts_in=30)
    from procrastinate.contrib.django.models import ProcrastinateJob

    jobs = ProcrastinateJob.objects.filter(task_name="rooms.turn").order_by("scheduled_at")
    assert [(job.args, job.scheduled_at) for job in jobs] == [
        ({"offer_id": str(offer.id)}, made.starts_at), ({"offer_id": str(offer.id)}, made.ends_at),
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_may_not_cut_a_price_changes_nothing():
    host, other = make_host(), make_host("Other")
    session = make_session(host, on_air=True)
    offer = make_plan_offer(price_minor=5000)
    card = make_card(host, session, offer)
    with pytest.raises(NotYourPrice):
        actions.flash(host.id, session.id, card.id, FLASH, 5, 60)
    let_cut(other, offer)
    with pytest.raises(NotYourRoom):
        actions.flash(other.id, session.id, card.id, FLASH, 5, 60)
    let_cut(host, offer, "goods")
    for refusal, arguments in (
        (BadFlash, (FLASH, 5, 29)), (BadFlash, (FLASH, 5, 7201)), (NotLower, (5000, 5, 60)), (NotLower, (0, 5, 60)),
    ):  # fmt: skip
        with pytest.raises(refusal):
            actions.flash(host.id, session.id, card.id, *arguments)
    with pytest.raises(NoSuchCard):
        actions.flash(host.id, session.id, offer.id, FLASH, 5, 60)
    assert terms.timed_prices([offer.id], clock.now()) == []
    actions.flash(host.id, session.id, card.id, FLASH, 5, 60)
    with pytest.raises(Overlap):
        actions.flash(host.id, session.id, card.id, FLASH, 5, 60)
    actions.end(host.id, session.id)
    with pytest.raises(WrongState):
        actions.flash(host.id, session.id, card.id, FLASH, 5, 60)
