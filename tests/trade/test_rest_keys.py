"""Calls sent again over REST: one key, one act, one answer. And the cart of a visitor."""

import threading

import pytest
from django.db import connection
from django.test import Client

from laotie.goods.stock import queries as stock
from laotie.kit import clock
from laotie.kit.pages import keyed
from laotie.trade.carts.models import CartLineRow
from laotie.trade.refunds.models import RefundRow
from tests.goods.test_pages import signed_in
from tests.makers import make_account, make_address, make_offer, make_shop
from tests.trade.test_rest import paid, post


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
def asked(buyer, mine, seller, offer):
    """A refund that waits for the seller's answer."""
    address = make_address(buyer)
    line = {"offer_id": str(offer.id), "quantity": 2, "agreed_price_minor": 6990}
    placed = post(mine, "/orders", {"lines": [line], "address_id": str(address.id)}, "one").json()
    paid(mine, placed)
    [order_id] = placed["order_ids"]
    post(signed_in(seller.id), f"/orders/{order_id}/parcels", {"carrier": "sf", "tracking": "SF12345678"})
    lines = mine.get(f"/api/orders/{order_id}").json()["lines"]
    ask = {"order_id": order_id, "lines": [{"line_id": lines[0]["id"], "quantity": 1}], "reason": "quality"}
    return post(mine, "/refunds", ask, "ask").json()


@pytest.mark.django_db
class TestKeys:
    def test_the_first_answer_is_given_again_whatever_changed_since(self, mine, seller, asked):
        shop, path = signed_in(seller.id), f"/refunds/{asked['id']}/accept"
        first = post(shop, path, key="yes")
        assert (first.status_code, first.json()["state"]) == (200, "settled")
        RefundRow.objects.update(words="something else")
        again = post(shop, path, key="yes")
        assert (again.status_code, again.json()) == (200, first.json())
        assert post(shop, path).json()["words"] == "something else"

    def test_putting_twice_with_one_key_puts_once(self, mine, offer):
        body = {"offer_id": str(offer.id), "quantity": 2}
        answers = [post(mine, "/carts", body, "a") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert CartLineRow.objects.get().quantity == 2
        post(mine, "/carts", body, "b")
        assert CartLineRow.objects.get().quantity == 4

    def test_a_key_stands_for_one_call(self, mine, offer):
        post(mine, "/carts", {"offer_id": str(offer.id), "quantity": 2}, "a")
        other = post(mine, "/carts", {"offer_id": str(offer.id), "quantity": 3}, "a")
        assert (other.status_code, other.json()["code"]) == (409, "key_reused")
        assert CartLineRow.objects.get().quantity == 2

    def test_keys_are_ones_own(self, mine, offer):
        body = {"offer_id": str(offer.id), "quantity": 2}
        post(mine, "/carts", body, "a")
        assert post(signed_in(make_account("Eve").id), "/carts", body, "a").status_code == 201
        assert CartLineRow.objects.count() == 2

    def test_a_refusal_is_not_kept(self, mine, offer):
        body = {"offer_id": str(offer.id), "quantity": 999}
        CartLineRow.objects.all().delete()
        missing = {"offer_id": str(make_account().id), "quantity": 1}
        assert post(mine, "/carts", missing, "a").status_code == 404
        assert post(mine, "/carts", body, "a").status_code == 201

    @pytest.mark.parametrize("key", ["", "x" * 81, "a\tb"])
    def test_a_key_that_cannot_be_kept_is_refused(self, mine, offer, key):
        refused = post(mine, "/carts", {"offer_id": str(offer.id)}, key)
        assert (refused.status_code, refused.json()["field"]) == (422, "Idempotency-Key")

    def test_old_answers_go(self, mine, offer):
        body = {"offer_id": str(offer.id), "quantity": 1}
        with clock.travel(clock.now() - keyed.KEPT * 2):
            post(mine, "/carts", body, "old")
        post(mine, "/carts", body, "new")
        with connection.cursor() as cursor:
            cursor.execute("SELECT key FROM kit_answer")
            assert cursor.fetchall() == [("new",)]

    def test_stock_counted_against_what_was_seen_is_set_once(self, seller, offer):
        shop, body = signed_in(seller.id), {"count": 15, "seen": 10}
        for _ in range(2):
            answer = shop.put(
                f"/api/goods/offers/{offer.id}/stock", body, "application/json", headers={"Idempotency-Key": "s"}
            )
            assert answer.json() == {"left": 15}
        assert stock.available([offer.id]) == {offer.id: 15}

    def test_the_description_names_the_header(self):
        described = Client().get("/api/openapi.json").json()["paths"]["/api/refunds/{refund_id}/accept"]["post"]
        assert [one["name"] for one in described["parameters"]] == ["refund_id", "Idempotency-Key"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_act_once(mine, offer):
    barrier, answers = threading.Barrier(2), []
    clients = [Client(), Client()]
    for client in clients:
        client.cookies.update(mine.cookies)

    def send(client):
        barrier.wait()
        answers.append(post(client, "/carts", {"offer_id": str(offer.id), "quantity": 2}, "a").json())
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers[0] == answers[1]
    assert CartLineRow.objects.get().quantity == 2


@pytest.mark.django_db
class TestVisitors:
    def test_a_visitor_has_a_cart_of_his_own_and_keeps_things_for_later(self, offer):
        visitor = Client()
        assert visitor.get("/api/carts").json()["shops"] == []
        put = post(visitor, "/carts", {"offer_id": str(offer.id), "quantity": 2})
        assert (put.status_code, put.json()["total_minor"]) == (201, 13980)
        assert visitor.cookies["laotie_cart"]["httponly"]
        kept = post(visitor, f"/carts/{offer.id}/later").json()
        assert (kept["shops"], [line["quantity"] for line in kept["saved"]]) == ([], [2])
        back = post(visitor, f"/carts/{offer.id}/up").json()
        assert (back["saved"], len(back["shops"])) == ([], 1)
        more = visitor.put(f"/api/carts/{offer.id}", {"quantity": 3}, "application/json").json()
        assert more["total_minor"] == 20970
        assert Client().get("/api/carts").json()["shops"] == []
        assert visitor.delete(f"/api/carts/{offer.id}").json()["shops"] == []

    def test_what_is_not_in_the_cart_cannot_be_kept(self, offer):
        for client in (Client(), signed_in(make_account().id)):
            assert post(client, f"/carts/{offer.id}/later").status_code == 404

    def test_it_joins_the_accounts_cart(self, offer):
        person = make_account("Mei")
        visitor = Client()
        post(visitor, "/carts", {"offer_id": str(offer.id), "quantity": 2})
        mine = signed_in(person.id)
        mine.cookies["laotie_cart"] = visitor.cookies["laotie_cart"].value
        assert mine.get("/api/carts").json()["total_minor"] == 13980
        assert CartLineRow.objects.get().cart == person.id

    def test_who_is_signed_in_by_a_session_still_shows_the_token(self, offer):
        person = make_account("Mei")
        client = Client(enforce_csrf_checks=True)
        client.cookies.update(signed_in(person.id).cookies)
        assert post(client, "/carts", {"offer_id": str(offer.id)}).status_code == 403
        assert CartLineRow.objects.count() == 0
