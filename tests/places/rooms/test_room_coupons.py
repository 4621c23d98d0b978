"""Coupons in a room: who hands them out, what the room is told, and that a claim is used at the till."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from laotie.goods.offers.contracts import Offer
from laotie.goods.terms.errors import CouponHad, CouponsGone
from laotie.kit.ids import new_id
from laotie.people.accounts.contracts import AccountView
from laotie.people.grants import actions as grants
from laotie.people.merchants import queries as merchants
from laotie.places.rooms import actions, queries, whole
from laotie.places.rooms.contracts import Session
from laotie.places.rooms.errors import NoSuchCoupon, NotYourPrice, NotYourRoom, ShutOut, TooManyCoupons, WrongState
from laotie.trade.orders import queries as orders
from tests.html import validate
from tests.makers import make_account, make_address
from tests.places.rooms.making import Heard, make_card, make_host, make_plan_offer, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> tuple[AccountView, Session, Offer]:
    """A host on air whom the shop of the card lets sell."""
    host = make_host()
    session = make_session(host, on_air=True)
    offer = make_plan_offer(price_minor=3000)
    make_card(host, session, offer)
    grants.grant(merchants.owners([offer.merchant_id])[offer.merchant_id], host.id, "air", offer.merchant_id)
    return host, session, offer


def signed_in(account: AccountView) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account.id))
    return client


def test_the_room_is_told_of_a_coupon_and_when_none_is_left(scene, heard: Heard, django_capture_on_commit_callbacks):
    host, session, offer = scene
    with django_capture_on_commit_callbacks(execute=True):
        coupon = actions.hand_out(host.id, session.id, offer.merchant_id, 500, 2000, 1000, minutes=10)
        people = [make_account(f"V{n}") for n in range(3)]
        for who in people[:2]:
            actions.claim(who.id, session.id, coupon.id)
        for _ in range(2):
            with pytest.raises(CouponsGone):
                actions.claim(people[2].id, session.id, coupon.id)
    told = [event["body"]["coupon"] for event in heard.events if event["kind"] == "coupon"]
    assert [(each["amount"], each["threshold"], each["gone"]) for each in told] == [
        ("5.00", "20.00", False), ("5.00", "20.00", True),
    ]  # fmt: skip
    assert whole.state(session.id)["coupons"] == told[1:]
    assert queries.coupons_had(people[0].id, session.id) == {coupon.id}
    assert queries.coupons_had(people[2].id, session.id) == set()


def test_who_may_not_and_what_is_not_there(scene):
    host, session, offer = scene
    other, viewer, shop = make_host("Other"), make_account("V"), offer.merchant_id
    coupon = actions.hand_out(host.id, session.id, shop, 500, 2000, 1000, minutes=10)
    with pytest.raises(NotYourRoom):
        actions.hand_out(other.id, session.id, shop, 500, 2000, 1000, minutes=10)
    with pytest.raises(NotYourPrice):
        actions.hand_out(host.id, session.id, make_plan_offer().merchant_id, 500, 2000, 1000, minutes=10)
    with pytest.raises(NotYourRoom):
        actions.take_back(viewer.id, session.id, coupon.id)
    elsewhere = make_session(other, on_air=True)
    for session_id, coupon_id in ((session.id, new_id()), (elsewhere.id, coupon.id)):
        with pytest.raises(NoSuchCoupon):
            actions.claim(viewer.id, session_id, coupon_id)
    line = actions.say(viewer.id, session.id, "hello")
    actions.ban(host.id, session.id, line.id)
    with pytest.raises(ShutOut):
        actions.claim(viewer.id, session.id, coupon.id)
    for _ in range(19):
        actions.hand_out(host.id, session.id, shop, 500, 2000, 1000, minutes=10)
    with pytest.raises(TooManyCoupons):
        actions.hand_out(host.id, session.id, shop, 500, 2000, 1000, minutes=10)
    actions.end(host.id, session.id)
    with pytest.raises(WrongState):
        actions.claim(make_account().id, session.id, coupon.id)


def test_taken_back_it_is_nobodys_but_theirs_who_have_it(scene):
    host, session, offer = scene
    coupon = actions.hand_out(host.id, session.id, offer.merchant_id, 500, 2000, 1000, minutes=10)
    first = actions.claim(make_account("V1").id, session.id, coupon.id)
    for _ in range(2):
        actions.take_back(host.id, session.id, coupon.id)
    with pytest.raises(CouponsGone):
        actions.claim(make_account("V2").id, session.id, coupon.id)
    assert actions.claim(first.account_id, session.id, coupon.id).id == first.id


def test_from_the_desk_to_the_till(scene):
    host, session, offer = scene
    desk, buyer = signed_in(host), make_account("Wei")
    address = make_address(buyer)
    said = {"shop": str(offer.merchant_id), "amount": "5", "threshold": "20", "budget": "100", "minutes": "60"}
    page = desk.get(f"/me/rooms/{session.id}/coupon")
    validate(page.content)
    assert desk.post(f"/me/rooms/{session.id}/coupon", said | {"threshold": "4"}).context["form"].errors
    assert desk.post(f"/me/rooms/{session.id}/coupon", said)["HX-Trigger"] == "desk-done"
    [coupon] = whole.state(session.id)["coupons"]
    client = signed_in(buyer)
    claimed = client.post(f"/api/rooms/{session.id}/coupons/{coupon['id']}/claim", content_type="application/json")
    assert (claimed.status_code, claimed.json()["coupon"]["payer"]) == (200, "shop")
    [card] = queries.cards(session.id)
    till = client.get(f"/r/{session.id}/buy/{card.id}").content.decode()
    validate(till.encode())
    assert "−¥5.00" in till
    assert 'name="total" value="2500"' in till
    form = {
        "offer": str(offer.id), "origin": "", "back": "", "key": "k", "total": "2500", "address": str(address.id),
        "line": f"{offer.id}:1:3000", "coupon": claimed.json()["id"],
    }  # fmt: skip
    assert client.post("/till/place", form).status_code == 200
    again = client.post(f"/api/rooms/{session.id}/coupons/{coupon['id']}/claim", content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (CouponHad.status, CouponHad.code)
    [order] = orders.orders_of_buyer(buyer.id).orders
    assert (order.total.minor, order.discount.minor, order.discount_payer) == (2500, 500, "shop")
    detail = client.get(f"/orders/{order.id}", follow=True)
    validate(detail.content)
    assert "−¥5.00" in detail.content.decode()


def test_over_rest_with_a_key(scene):
    from laotie.people.accounts.actions import make_token

    host, session, offer = scene
    buyer = make_account("Wei")
    keys = {who.id: make_token(who.id, name="k", days=1)[1] for who in (host, buyer)}

    def ask(who: AccountView, path: str, body: object = None, **more: str):
        headers = {"Authorization": f"Bearer {keys[who.id]}", **more}
        return Client().post(path, json.dumps(body), "application/json", headers=headers)

    body = {"shop_id": str(offer.merchant_id), "amount_minor": 500, "threshold_minor": 3000, "budget_minor": 500,
            "minutes": 5}  # fmt: skip
    assert ask(buyer, f"/api/rooms/{session.id}/coupons", body).status_code == 403
    coupon = ask(host, f"/api/rooms/{session.id}/coupons", body).json()
    claim = ask(buyer, f"/api/rooms/{session.id}/coupons/{coupon['id']}/claim").json()
    line = {"offer_id": str(offer.id), "quantity": 1, "agreed_price_minor": 3000}
    order = {"lines": [line], "address_id": str(make_address(buyer).id), "coupons": [claim["id"]]}
    placed = ask(buyer, "/api/orders", order, **{"Idempotency-Key": "k"})
    assert (placed.status_code, placed.json()["total_minor"]) == (201, 2500)
    again = ask(buyer, "/api/orders", order, **{"Idempotency-Key": "other"})
    assert (again.status_code, again.json()["code"]) == (409, "order.coupon_unfit")
