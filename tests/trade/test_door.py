"""The door in a rush: it refuses only what would be refused inside, and never one who has an order under his key."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

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


class Buyer:
    """Someone with a key to REST."""

    def __init__(self, name: str = "Lin") -> None:
        self.account: AccountView = make_account(name)
        self.address = make_address(self.account)
        self.token, self.bearer = make_token(self.account.id, name="door", days=1)

    def order(self, offer: Offer, key: str, *, quantity: int = 1, price: int = FLASH, **headers: str) -> Any:
        line = {"offer_id": str(offer.id), "quantity": quantity, "agreed_price_minor": price}
        body = {"lines": [line], "address_id": str(self.address.id)}
        said = {"Authorization": f"Bearer {self.bearer}", "Idempotency-Key": key, "Accept-Language": "en"} | headers
        return Client().post("/api/orders", json.dumps(body), "application/json", headers=said)


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each order asked for while something is kept, whether the door refused it."""
    seen: list[bool] = []
    refused = door.refused

    def watched(request):
        answer = refused(request)
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
    assert (at_the_door.status_code, inside.status_code) == (409, 409)
    said, first = at_the_door.json(), inside.json()
    assert said["data"].pop("total_minor") is None
    first["data"].pop("total_minor")
    assert said == first
    assert said["code"] == "order.price_changed"
    assert said["data"]["lines"][0]["price_minor"] == USUAL
    assert orders.sold([offer.id])[offer.id] == 1


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
        status = 401
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
    said = {"Authorization": f"Bearer {buyers[0].bearer}", "Idempotency-Key": "k2"}
    answer = Client().post("/api/orders", body, "application/json", headers=said)
    assert answer.status_code in (400, 422)
    assert refusals == [False]
