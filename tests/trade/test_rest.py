"""The deal over REST: exact answers, one key one meaning, and what others may not do."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from laotie.goods.stock import queries as stock
from laotie.trade.orders.models import CheckoutRow
from laotie.trade.payments import actions as payments
from laotie.trade.payments.providers import sandbox
from tests.goods.test_pages import signed_in
from tests.makers import make_account, make_address, make_offer, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    return make_account("Chen")


@pytest.fixture
def offer(seller):
    return make_offer(make_shop(seller), price_minor=6990, stock=10)


@pytest.fixture
def buyer():
    return make_account("Mei")


@pytest.fixture
def mine(buyer):
    return signed_in(buyer.id)


@pytest.fixture
def asked(buyer, offer):
    line = {"offer_id": str(offer.id), "quantity": 2, "agreed_price_minor": 6990}
    return {"lines": [line], "address_id": str(make_address(buyer).id), "agreed_total_minor": 13980}


def post(client: Client, path: str, body: object = None, key: str | None = None):
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(f"/api{path}", body or {}, content_type="application/json", headers=headers)


def paid(client: Client, placed: dict) -> dict:
    started = post(client, "/payments", {"checkout_id": placed["checkout_id"]})
    assert started.status_code == 201, started.content
    for callback in sandbox.choose(started.json()["page"].rsplit("/", 1)[1], sandbox.Choice.SUCCEED):
        payments.receive("sandbox", callback.headers, callback.body)
    return started.json()


def test_the_cart_counts(mine, offer):
    put = post(mine, "/carts", {"offer_id": str(offer.id), "quantity": 2})
    assert (put.status_code, put.json()["total_minor"], put.json()["currency"]) == (201, 13980, "CNY")
    [shop] = put.json()["shops"]
    assert [(line["quantity"], line["price_minor"], line["snag"]) for line in shop["lines"]] == [(2, 6990, "")]
    assert mine.delete(f"/api/carts/{offer.id}").json()["shops"] == []


def test_one_key_is_one_order_and_never_another(mine, asked, offer):
    first = post(mine, "/orders", asked, "one")
    assert (first.status_code, first.json()["total_minor"], first.json()["currency"]) == (201, 13980, "CNY")
    again = post(mine, "/orders", asked, "one")
    assert (again.status_code, again.json()) == (201, first.json())
    asked["lines"][0]["quantity"], asked["agreed_total_minor"] = 3, 20970
    other = post(mine, "/orders", asked, "one")
    assert (other.status_code, other.json()["code"]) == (409, "order.key_reused")
    assert (CheckoutRow.objects.count(), stock.available([offer.id])) == (1, {offer.id: 8})


def test_an_order_without_a_key_is_refused(mine, asked):
    assert post(mine, "/orders", asked).status_code == 422
    assert CheckoutRow.objects.count() == 0


def test_what_cannot_be_had_is_named(mine, asked):
    asked["lines"][0]["quantity"], asked["agreed_total_minor"] = 11, None
    refused = post(mine, "/orders", asked, "one").json()
    assert refused["code"] == "order.sold_out"
    assert [(line["wanted"], line["left"]) for line in refused["data"]["lines"]] == [(11, 10)]
    asked["lines"][0] |= {"quantity": 1, "agreed_price_minor": 100}
    refused = post(mine, "/orders", asked, "two").json()
    assert refused["code"] == "order.price_changed"
    assert [line["price_minor"] for line in refused["data"]["lines"]] == [6990]


def test_from_placing_to_the_money_back(mine, seller, asked, offer):
    placed = post(mine, "/orders", asked, "one").json()
    [order_id] = placed["order_ids"]
    started = paid(mine, placed)
    assert (started["provider"], started["amount_minor"]) == ("sandbox", 13980)
    order = mine.get(f"/api/orders/{order_id}").json()
    assert (order["state"], order["paid_minor"], order["repaid_minor"]) == ("paid", 13980, 0)
    assert _at(order["ship_by"]) - _at(order["paid_at"]) == timedelta(hours=48)

    shop = signed_in(seller.id)
    parcel = {"carrier": "sf", "tracking": "SF12345678"}
    sent = post(shop, f"/orders/{order_id}/parcels", parcel)
    assert (sent.status_code, sent.json()["tracking"]) == (201, "SF12345678")
    assert post(shop, f"/orders/{order_id}/parcels", parcel).json() == sent.json()
    assert post(mine, f"/orders/{order_id}/sign").json()["state"] == "signed"

    line_id = order["lines"][0]["id"]
    ask = {"order_id": order_id, "lines": [{"line_id": line_id, "quantity": 1}], "reason": "quality"}
    refund = post(mine, "/refunds", ask)
    assert (refund.status_code, refund.json()["state"], refund.json()["amount_minor"]) == (201, "asked", 6990)
    assert post(mine, "/refunds", ask).json()["id"] == refund.json()["id"]
    accepted = post(shop, f"/refunds/{refund.json()['id']}/accept")
    assert accepted.status_code == 200, accepted.content
    order = mine.get(f"/api/orders/{order_id}").json()
    assert (order["repaid_minor"], order["lines"][0]["refunded_quantity"]) == (6990, 1)


@pytest.mark.parametrize("who", ["visitor", "other"])
def test_strangers_see_and_change_nothing(mine, asked, who, offer):
    placed = post(mine, "/orders", asked, "one").json()
    [order_id] = placed["order_ids"]
    client = Client() if who == "visitor" else signed_in(make_account("Eve").id)
    answers = [
        client.get(f"/api/orders/{order_id}"),
        client.get(f"/api/orders/{order_id}/parcels"),
        client.get(f"/api/refunds/of/{order_id}"),
        post(client, f"/orders/{order_id}/cancel"),
        post(client, f"/orders/{order_id}/sign"),
        post(client, f"/orders/{order_id}/parcels", {"carrier": "sf", "tracking": "SF12345678"}),
        post(client, "/payments", {"checkout_id": placed["checkout_id"]}),
    ]
    assert {answer.status_code for answer in answers} <= ({401} if who == "visitor" else {403, 404})
    assert all(b"6990" not in answer.content for answer in answers)
    assert mine.get(f"/api/orders/{order_id}").json()["state"] == "placed"
    assert stock.available([offer.id]) == {offer.id: 8}


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
