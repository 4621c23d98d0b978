"""What became of a session: each figure where the truth is known, from the lake alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.kit.origin import Origin
from laotie.people.accounts.contracts import AccountView
from laotie.people.follows import actions as follows
from laotie.places.rooms import actions, queries
from laotie.places.rooms.contracts import SessionEntered
from laotie.places.rooms.metrics import figures
from laotie.places.rooms.outcomes import outcomes
from laotie.stream.outbox.actions import emit
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.trade.orders.contracts import Order, Wanted
from laotie.trade.refunds import actions as refunds
from tests.makers import make_account, make_paid, make_placed
from tests.places.rooms.making import make_card, make_host, make_plan_offer, make_session
from tests.places.rooms.test_metrics import recorded
from tests.stream.lakes import seen

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def enter(session_id, viewer: AccountView | None, visit=None) -> None:
    from django.db import transaction

    with transaction.atomic():
        emit(SessionEntered(session_id, visit or new_id(), viewer and viewer.pseudonym, "feed", new_id()))


def test_every_figure_is_the_truth(tmp_path: Path):
    start = clock.now()
    host = make_host()
    fan, regular, new_fan, fickle, stranger, passer = (make_account(f"V{n}") for n in range(6))
    with clock.travel(start - 20 * DAY):
        offer = make_plan_offer(price_minor=1000)

    def buy(who: AccountView, pieces: int, *, aired: bool = True) -> Order:
        origin = Origin("session", session=session.id, card=card.id, creator=host.id) if aired else Origin()
        return make_paid(who, Wanted(offer.id, pieces, offer.price, origin))

    with clock.travel(start - 10 * DAY):
        follows.follow(fan.id, "creator", host.id)
        earlier = make_session(host, on_air=True)
        origin = Origin("session", session=earlier.id, creator=host.id)
        make_paid(regular, Wanted(offer.id, 1, offer.price, origin))
        make_placed(stranger, Wanted(offer.id, 1, offer.price, origin))  # never paid: he did not buy
        actions.end(host.id, earlier.id)
    with clock.travel(start):
        session = make_session(host, on_air=True)
        card = make_card(host, session, offer)
    with clock.travel(start + MINUTE):
        for who in (fan, regular, new_fan, fickle, stranger, passer, None):
            enter(session.id, who)
        follows.follow(new_fan.id, "creator", host.id)
        follows.follow(fickle.id, "creator", host.id)
        follows.unfollow(fickle.id, "creator", host.id)
        outsider = make_account("Outsider")
        follows.follow(outsider.id, "creator", host.id)  # follows, and never watched
        bought = {who.id: buy(who, pieces) for who, pieces in ((fan, 1), (regular, 2), (new_fan, 3), (stranger, 4))}
    with clock.travel(start + 60 * MINUTE):
        actions.end(host.id, session.id)
    with clock.travel(start + 61 * MINUTE):
        orders.cancel(fan.id, bought[fan.id].id)
        [line] = bought[regular.id].lines
        refunds.ask(regular.id, bought[regular.id].id, {line.id: 1}, "changed_mind")
        follows.follow(stranger.id, "creator", host.id)  # after it
    with clock.travel(start + 3 * DAY):
        buy(passer, 5, aired=False)
        make_paid(outsider, Wanted(offer.id, 7, offer.price))  # never watched
    with clock.travel(start + 8 * DAY):
        buy(passer, 6, aired=False)  # too late to count
    recorded(tmp_path)
    lake, now = seen(tmp_path), start + 9 * DAY
    found = outcomes(lake, queries.session(session.id), host.pseudonym, now)
    assert (found.viewers, found.buyers, found.orders, found.gmv.minor) == (7, 4, 4, 10_000)
    assert (found.new_fans, found.fans, found.back) == (1, 1, 1)
    assert (found.refunds, found.refunded.minor, found.net.minor) == (2, 2000, 8000)
    assert (found.follow_rate, found.refund_rate, found.refund_share) == (1 / 7, 0.5, 0.2)
    assert (found.fan_share, found.repurchase, found.week.minor) == (0.25, 0.25, 5000)
    counted = figures(lake, queries.session(session.id), now)
    assert (counted.viewers, counted.buyers, counted.orders, counted.gmv.minor) == (7, 4, 4, 10_000)
    assert order_queries.sold([offer.id])[offer.id] > 0


def test_nothing_came_of_nothing(tmp_path: Path):
    host = make_host()
    session = make_session(host, on_air=True)
    recorded(tmp_path)
    found = outcomes(seen(tmp_path), session, host.pseudonym, clock.now())
    assert (found.viewers, found.buyers, found.gmv.minor, found.net.minor, found.week.minor) == (0, 0, 0, 0, 0)
    assert (found.follow_rate, found.refund_rate, found.refund_share, found.fan_share, found.repurchase) == (0.0,) * 5
