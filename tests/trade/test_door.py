"""The door in a rush: it refuses only what would be refused inside, and never one who has an order under his key."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import RequestFactory
from psycopg import Connection

from laotie.goods.offers import actions as offers
from laotie.goods.offers.contracts import Offer
from laotie.goods.stock import actions as stock
from laotie.goods.terms import actions as terms
from laotie.kit import clock
from laotie.people.accounts.actions import make_token, revoke_token
from laotie.people.accounts.contracts import AccountView
from laotie.trade.orders import door
from laotie.trade.orders import queries as orders
from tests.makers import make_account, make_address, make_offer, make_shop

pytestmark = pytest.mark.django_db
USUAL, FLASH = 5000, 900
INSIDE = get_wsgi_application()


@dataclass(frozen=True)
class Told:
    """An answer as the one who asked hears it."""

    status: str
    headers: dict[str, str]
    body: bytes

    @property
    def status_code(self) -> int:
        return int(self.status[:3])

    def json(self) -> Any:
        return json.loads(self.body)


def ask(application: Any, body: bytes, **headers: str) -> Told:
    """One request to a WSGI application."""
    request = RequestFactory().post("/api/orders", body, "application/json", headers=headers)
    environ, heard = request.environ, []
    environ.pop("HTTP_COOKIE", None)
    environ |= {"HTTP_COOKIE": headers["Cookie"]} if "Cookie" in headers else {}
    answer = application(environ, lambda *said: heard.append(said))
    [(status, named)] = heard
    return Told(status, dict(named), b"".join(answer))


class Buyer:
    """Someone with a key to REST."""

    def __init__(self, name: str = "Lin") -> None:
        self.account: AccountView = make_account(name)
        self.address = make_address(self.account)
        self.token, self.bearer = make_token(self.account.id, name="door", days=1)
        self.market: Any = door.Door(INSIDE, lambda *_: None)

    def order(self, offer: Offer, key: str, *, quantity: int = 1, price: int = FLASH, **headers: str) -> Told:
        line = {"offer_id": str(offer.id), "quantity": quantity, "agreed_price_minor": price}
        body = {"lines": [line], "address_id": str(self.address.id)}
        said = {"Authorization": f"Bearer {self.bearer}", "Idempotency-Key": key, "Accept-Language": "en"} | headers
        return ask(self.market, json.dumps(body).encode(), **said)


@pytest.fixture(autouse=True)
def one_transaction() -> Iterator[None]:
    """What a server does around a request to connections would end the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each order asked for while something is kept, whether the door refused it."""
    seen: list[bool] = []
    refused = door.refused

    def watched(environ):
        answer = refused(environ)
        seen.append(answer is not None)
        return answer

    door._kept.clear()
    monkeypatch.setattr(door, "refused", watched)
    return seen


def flash(pieces: int = 1, stock_left: int = 100) -> Offer:
    offer = make_offer(make_shop(make_account("Owner")), price_minor=USUAL, stock=stock_left)
    now = clock.now()
    terms.set_timed_price(offer.id, FLASH, now, now + timedelta(hours=1), cap_per_buyer=1, allotment=pieces)
    return offer


def test_the_next_is_told_at_the_door_what_the_first_was_told_inside(refusals, django_assert_num_queries):
    offer, buyers = flash(), [Buyer(f"B{n}") for n in range(4)]
    assert buyers[0].order(offer, "k").status_code == 201
    inside = buyers[1].order(offer, "k")
    with django_assert_num_queries(1):
        at_the_door = buyers[2].order(offer, "k")
    assert refusals == [True]
    assert (at_the_door.status, inside.status) == ("409 Conflict", "409 Conflict")
    said, first = at_the_door.json(), inside.json()
    assert said["data"].pop("total_minor") is None
    first["data"].pop("total_minor")
    assert said == first
    assert said["code"] == "order.price_changed"
    assert said["data"]["lines"][0]["price_minor"] == USUAL
    assert orders.sold([offer.id])[offer.id] == 1


@pytest.mark.parametrize("languages", ["en", "zh-CN,zh;q=0.9"])
def test_door_and_inside_answer_alike_to_the_byte(languages: str, refusals):
    offer, buyers = make_offer(make_shop(make_account("Owner")), stock=1), [Buyer(f"B{n}") for n in range(4)]
    price = offer.price.minor
    assert buyers[0].order(offer, "k", price=price).status_code == 201
    buyers[3].market = INSIDE
    answers = [buyer.order(offer, "k", price=price, **{"Accept-Language": languages}) for buyer in buyers[1:]]
    assert refusals == [True]
    assert answers[0] == answers[1] == answers[2]
    assert answers[1].headers["Content-Language"] == ("en" if languages == "en" else "zh-hans")
    assert answers[1].headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "laotie_language=zh-hans"},
        {"Accept-Language": "zh"},
        {"Host": "localhost"},
        {"Idempotency-Key": "k" * 81},
        {"Idempotency-Key": "\t"},
        {"Authorization": "Bearer nobody's"},
        {"Authorization": ""},
    ],
)
def test_who_asks_otherwise_is_answered_inside(headers: dict[str, str], refusals):
    offer, buyers = flash(), [Buyer(f"B{n}") for n in range(3)]
    for buyer in buyers[:2]:
        buyer.order(offer, "k")
    mine = buyers[2].order(offer, "k", **headers)
    assert refusals == [False]
    buyers[2].market = INSIDE
    assert mine == buyers[2].order(offer, "k", **headers)


def test_an_answer_that_says_something_to_one_reader_is_not_kept(refusals):
    offer, buyers = flash(), [Buyer(f"B{n}") for n in range(3)]

    def greets(environ, start_response):
        return INSIDE(environ, lambda status, named: start_response(status, [*named, ("Set-Cookie", "a=b")]))

    for buyer in buyers:
        buyer.market = door.Door(greets, lambda *_: None)
        buyer.order(offer, "k")
    assert refusals == []


def test_what_is_answered_at_the_door_is_counted_by_its_route(refusals):
    offer, buyers, heard = flash(), [Buyer(f"B{n}") for n in range(3)], []
    for buyer in buyers:
        buyer.market = door.Door(INSIDE, lambda *said: heard.append(said[:3]))
        buyer.order(offer, "k")
    assert (refusals, heard) == ([True], [("POST", "api/orders", 409)])


@pytest.mark.django_db(transaction=True)
def test_where_the_database_hung_up_it_is_looked_at_inside(refusals):
    offer, buyers = flash(), [Buyer(f"B{n}") for n in range(4)]
    for buyer in buyers[:3]:
        buyer.order(offer, "k")
    raw: Connection[Any] = connection.connection
    raw.pgconn.finish()
    assert buyers[3].order(offer, "k").status_code == 409
    assert refusals == [True, False]
    assert connection.connection is not raw


def test_the_first_answer_to_a_key_is_given_for_ever(refusals):
    offer, first, second = flash(), Buyer("B0"), Buyer("B1")
    answer = first.order(offer, "mine")
    second.order(offer, "k")
    again = first.order(offer, "mine")
    assert (again.status_code, again.json()) == (201, answer.json())
    assert refusals == [False]


@pytest.mark.parametrize("change", ["piece returned", "price changed", "sold off", "key revoked", "age", "other count"])
def test_whatever_has_changed_is_looked_at_inside(change: str, refusals, monkeypatch):
    offer, buyers = flash(), [Buyer(f"B{n}") for n in range(3)]
    placed = buyers[0].order(offer, "k").json()
    buyers[1].order(offer, "k")
    quantity, status = 1, 409
    if change == "piece returned":
        from laotie.trade.orders import actions

        actions.cancel(buyers[0].account.id, UUID(placed["order_ids"][0]))
        status = 201
    elif change == "price changed":
        offers.set_price(offer.id, USUAL + 100)
    elif change == "sold off":
        offers.take_off_sale(offer.id)
    elif change == "key revoked":
        revoke_token(buyers[2].account.id, buyers[2].token.id)
        status = 403  # by session, then, and without its token
    elif change == "age":
        monkeypatch.setattr(door.time, "monotonic", lambda: float("inf"))
    else:
        quantity = 2
    assert buyers[2].order(offer, "k", quantity=quantity).status_code == status
    assert refusals == [False]


def test_what_is_out_of_stock_is_told_at_the_door_until_there_is_more(refusals):
    offer, buyers = (
        make_offer(make_shop(make_account("Owner")), price_minor=USUAL, stock=1),
        [Buyer(f"B{n}") for n in range(4)],
    )
    codes = [buyer.order(offer, "k", price=USUAL).json().get("code") for buyer in buyers[:3]]
    assert codes == [None, "order.sold_out", "order.sold_out"]
    stock.set_stock(offer.id, 5)
    assert buyers[3].order(offer, "k", price=USUAL).status_code == 201
    assert refusals == [True, False]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"lines":[]}',
        b'{"lines":[1]}',
        b'{"lines":[{"offer_id":[],"quantity":{},"agreed_price_minor":1}]}',
        b"\xff",
        b"[" * 4000,
    ],
)
def test_what_is_no_order_is_left_to_those_who_judge_orders(body: bytes, refusals):
    offer, buyers = flash(), [Buyer(f"B{n}") for n in range(2)]
    for buyer in buyers:
        buyer.order(offer, "k")
    said = {"Authorization": f"Bearer {buyers[0].bearer}", "Idempotency-Key": "k2", "Accept-Language": "en"}
    answer = ask(buyers[0].market, body, **said)
    assert answer.status_code in (400, 422)
    assert refusals == [False]
