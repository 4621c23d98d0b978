"""The money path by HTTP: from the product's page to a signed parcel, and who may see what on the way."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from laotie.trade.orders import queries as orders
from laotie.trade.orders.contracts import State
from laotie.trade.refunds import actions as refunds
from tests.makers import make_account, make_address, make_offer, make_operator, make_paid, make_shop, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():
    return make_account("Mei")


@pytest.fixture
def seller():
    return make_account("Chen")


@pytest.fixture
def shop(seller):
    return make_shop(seller)


@pytest.fixture
def offer(shop):
    return make_offer(shop, price_minor=6990, stock=10)


def signed(account) -> Client:
    client = Client()
    client.force_login(_row(account), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _row(account):
    from laotie.people.accounts.models import Account

    return Account.objects.get(pk=account.id)


def hidden(html: str) -> dict:
    """The hidden fields of the checkout's form."""
    form = html[html.index('id="place"') :]
    return {name: re.findall(rf'name="{name}" value="([^"]+)"', form) for name in ("key", "total", "address", "line")}


def test_from_cart_to_review(buyer, seller, shop, offer):
    tea = make_offer(make_shop(make_account(), "Tea House"), "Green tea", price_minor=1500, stock=5)
    make_address(buyer)
    visitor = Client()
    for each in (offer, tea):
        visitor.post("/cart/put", {"offer": each.id, "quantity": 2})
    assert "Dried scallops" in visitor.get("/cart").content.decode()
    assert visitor.get("/checkout").status_code == 302

    client = signed(buyer)
    client.cookies["laotie_cart"] = visitor.cookies["laotie_cart"].value
    page = client.get("/cart").content.decode()
    assert "Green tea" in page
    assert "169.80" in page
    page = client.get("/checkout").content.decode()
    fields = hidden(page)
    assert fields["total"] == ["16980"]
    answer = client.post("/checkout", fields)
    bank = urlsplit(answer["Location"]).path
    assert bank.startswith("/sandbox/pay/")
    assert client.post("/checkout", fields)["Location"] == answer["Location"]
    back = client.post(bank, {"choice": "succeed"})["Location"]
    assert "Paid" in client.get(back).content.decode()

    order = next(o for o in orders.orders_of_buyer(buyer.id).orders if o.merchant_id == shop.id)
    desk = signed(seller)
    assert order.number in desk.get(f"/seller/{shop.slug}/orders").content.decode()
    desk.post(f"/seller/{shop.slug}/orders/{order.id}/ship", {"carrier": "sf", "tracking": "SF12345678"})
    page = client.get(f"/orders/{order.id}").content.decode()
    assert "SF12345678" in page
    client.post(f"/orders/{order.id}/sign", {"confirmed": "1"})
    assert orders.order_for(buyer.id, order.id).state == State.SIGNED
    assert "Arrived" in client.get("/orders?tab=arrived").content.decode()


def test_a_changed_price_is_shown_and_confirmed(buyer, offer):
    from laotie.goods.offers import actions as offers

    make_address(buyer)
    client = signed(buyer)
    client.post("/cart/put", {"offer": offer.id, "quantity": 1})
    fields = hidden(client.get("/checkout").content.decode())
    offers.set_price(offer.id, 7990)
    answer = client.post("/checkout", fields)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The price changed" in page
    assert client.post("/checkout", hidden(page)).status_code == 302
    assert orders.orders_of_buyer(buyer.id).orders[0].total.minor == 7990


def test_sold_out_goes_back_to_the_cart_with_words(buyer, offer):
    from laotie.goods.stock import actions as stock

    make_address(buyer)
    client = signed(buyer)
    client.post("/cart/put", {"offer": offer.id, "quantity": 2})
    fields = hidden(client.get("/checkout").content.decode())
    stock.set_stock(offer.id, 1)
    answer = client.post("/checkout", fields, follow=True)
    page = answer.content.decode()
    assert "Sold out: Dried scallops. Nothing was ordered." in page
    assert "Only 1 left" in page


def test_buy_now_leaves_the_cart_alone(buyer, offer):
    make_address(buyer)
    client = signed(buyer)
    client.post("/cart/put", {"offer": offer.id, "quantity": 3})
    address = client.post("/cart/now", {"offer": offer.id, "quantity": 1, "entry": "search"})["Location"]
    client.post(address, hidden(client.get(address).content.decode()))
    order = orders.orders_of_buyer(buyer.id).orders[0]
    assert (order.lines[0].quantity, order.lines[0].origin) == (1, {"entry": "search"})
    assert "Dried scallops" in client.get("/cart").content.decode()


def test_an_address_is_added_on_the_way(buyer, offer):
    client = signed(buyer)
    client.post("/cart/put", {"offer": offer.id})
    answer = client.post(
        "/checkout/address",
        {"name": "Mei", "phone": "13800000000", "region": "Zhejiang", "city": "Hangzhou", "street": "1 West Lake Road"},
    )
    assert "address=" in answer["Location"]
    assert "1 West Lake Road" in client.get(answer["Location"]).content.decode()


def test_taking_out_can_be_undone(buyer, offer):
    client = Client()
    client.post("/cart/put", {"offer": offer.id, "quantity": 3})
    page = client.post(f"/cart/{offer.id}/remove", {"quantity": "3"}, follow=True).content.decode()
    assert "Put it back" in page
    assert 'name="quantity" value="3"' in page


@pytest.mark.parametrize("fields", [{}, {"offer": "x"}, {"quantity": "0"}, {"quantity": "9" * 30}, {"offer": "\x00"}])
def test_bad_puts_are_refused_with_words(offer, fields):
    answer = Client().post("/cart/put", {"offer": offer.id, "quantity": "1"} | fields if fields else {})
    assert answer.status_code == 422


def test_a_forged_cart_cookie_is_no_cart(offer):
    client = Client()
    client.cookies["laotie_cart"] = "nonsense:1:2"
    assert client.get("/cart").status_code == 200


MATRIX = [
    # page, visitor, buyer, stranger, other seller, owner, operator
    ("/orders", 302, 200, 200, 200, 200, 200),
    ("/orders/{order}", 302, 200, 403, 403, 302, 200),
    ("/orders/{order}/refund", 302, 200, 403, 403, 403, 403),
    ("/checkout/{checkout}", 302, 200, 403, 403, 403, 403),
    ("/seller/{slug}/orders", 302, 403, 403, 403, 200, 403),
    ("/seller/{slug}/orders.csv", 302, 403, 403, 403, 200, 403),
    ("/seller/{slug}/orders/ship", 302, 403, 403, 403, 200, 403),
    ("/seller/{slug}/orders/{order}", 302, 404, 403, 403, 200, 200),
    ("/seller/{slug}/refunds", 302, 403, 403, 403, 200, 403),
    ("/operator/refunds", 302, 403, 403, 403, 403, 200),
]


@pytest.mark.parametrize(("page", "expected"), [(row[0], row[1:]) for row in MATRIX])
def test_who_may_see_a_page(page, expected, buyer, seller, shop, offer):
    order = make_paid(buyer, wanted(offer))
    other = make_account("Other")
    make_shop(other, "Other Shop")
    address = page.format(order=order.id, checkout=order.checkout_id, slug=shop.slug)
    people = [Client(), *(signed(account) for account in (buyer, make_account(), other, seller, make_operator()))]
    assert tuple(client.get(address).status_code for client in people) == expected


ACTS = [
    # act, visitor, buyer, stranger, other seller, owner, operator: may it change the order?
    ("/orders/{order}/cancel", (False, True, False, False, True, True)),
    ("/orders/{order}/sign", (False, False, False, False, False, False)),
    ("/seller/{slug}/orders/{order}/ship", (False, False, False, False, True, False)),
    ("/seller/{slug}/orders/{order}/cancel", (False, False, False, False, True, True)),
]


@pytest.mark.parametrize(("act", "expected"), ACTS)
def test_who_may_do_an_act(act, expected, buyer, seller, shop, offer):
    other = make_account("Other")
    make_shop(other, "Other Shop")
    people = [None, buyer, make_account(), other, seller, make_operator()]
    changed = []
    for account in people:
        order = make_paid(buyer, wanted(offer))
        client = signed(account) if account else Client()
        fields = {"confirmed": "1", "carrier": "sf", "tracking": "SF12345678"}
        client.post(act.format(order=order.id, slug=shop.slug), fields)
        changed.append(orders.orders([order.id])[order.id].state is not State.PAID)
    assert tuple(changed) == expected


def test_a_refund_is_asked_answered_and_judged(buyer, seller, shop, offer):
    from laotie.trade.orders import actions as order_actions

    order = make_paid(buyer, wanted(offer, 2))
    order_actions.ship(seller.id, order.id, "sf", "SF12345678")
    client, desk, market = signed(buyer), signed(seller), signed(make_operator())
    assert client.post(f"/orders/{order.id}/refund", {}).status_code == 422
    client.post(
        f"/orders/{order.id}/refund", {f"line-{order.lines[0].id}": "1", "reason": "damaged", "words": "Broken."}
    )
    assert "Broken." in desk.get(f"/seller/{shop.slug}/refunds").content.decode()
    from laotie.trade.refunds import queries

    refund = queries.refunds_of(order.id)[0]
    desk.post(f"/seller/{shop.slug}/refunds/{refund.id}", {"answer": "decline", "words": "It left us whole."})
    assert "It left us whole." in client.get(f"/orders/{order.id}").content.decode()
    client.post(f"/refunds/{refund.id}/dispute")
    assert order.number in market.get("/operator/refunds").content.decode()
    market.post(f"/operator/refunds/{refund.id}", {"for": "buyer", "words": "The picture shows it."})
    assert orders.repayments_of(order.id)[0].amount.minor == 6990
    assert refunds.run_due() == 0


def test_a_sheet_ships_what_it_can_and_lists_the_rest(buyer, seller, shop, offer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    first, second = make_paid(buyer, wanted(offer)), make_paid(buyer, wanted(offer))
    sheet = f"number,carrier,tracking\n{first.number},SF,SF12345678\n{second.number},pigeon,SF1\n1,sf,SF12345679\nx\n"
    answer = signed(seller).post(
        f"/seller/{shop.slug}/orders/ship", {"sheet": SimpleUploadedFile("s.csv", sheet.encode(), "text/csv")}
    )
    page = answer.content.decode()
    assert page.count("Not shipped") == 3
    assert orders.orders([first.id])[first.id].state == State.SHIPPED
    assert orders.orders([second.id])[second.id].state == State.PAID


def test_the_export_has_a_row_a_line(buyer, seller, shop, offer):
    order = make_paid(buyer, wanted(offer, 2))
    answer = signed(seller).get(f"/seller/{shop.slug}/orders.csv?tab=ship")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith(f"{order.number},paid,")


def test_lists_take_few_statements(buyer, seller, shop, offer, django_assert_max_num_queries):
    make_address(buyer)
    for _ in range(3):
        make_paid(buyer, wanted(offer))
    client, desk = signed(buyer), signed(seller)
    client.post("/cart/put", {"offer": offer.id})
    # The console's side navigation asks every room, so a seller's page may take more than a buyer's.
    for person, page, most in [
        (client, "/cart", 14),
        (client, "/checkout", 14),
        (client, reverse("orders:mine"), 20),
        (desk, f"/seller/{shop.slug}/orders", 40),
    ]:
        with django_assert_max_num_queries(most):
            assert person.get(page).status_code == 200


def test_webhooks_are_believed_only_when_signed():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/payments/webhook/sandbox", b"{}", content_type="application/json").status_code == 422
    assert client.post("/payments/webhook/barter", b"{}", content_type="application/json").status_code == 404
    assert client.get("/payments/webhook/sandbox").status_code == 405
