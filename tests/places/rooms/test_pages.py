"""Rooms over HTTP: every page valid, for whom it is, and nothing for whom it is not."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import Settings

from laotie.kit import clock
from laotie.kit.origin import Origin, opened, sealed
from laotie.people.accounts.contracts import AccountView
from laotie.people.merchants import queries as merchants
from laotie.places.rooms import actions, queries
from laotie.places.rooms.contracts import Session, State
from laotie.stream.live.lanes import LANES
from laotie.trade.orders import queries as orders
from laotie.trade.orders import selling
from laotie.trade.orders.contracts import Filter
from tests.html import validate
from tests.makers import make_account, make_address, make_operator, make_shop
from tests.places.rooms.making import RATE_BP, make_card, make_host, make_plan_offer, make_session

pytestmark = pytest.mark.django_db


def as_(account: AccountView | None) -> Client:
    client = Client()
    if account:
        client.force_login(get_user_model().objects.get(pk=account.id))
    return client


def scene(state: State) -> tuple[AccountView, AccountView, Session]:
    """A host with a helper, a session in `state` with a card and something said in it."""
    host, helper = make_host(), make_account("Helper")
    actions.appoint(host.id, helper.id)
    session = make_session(host, announced=state is not State.PLANNED)
    make_card(host, session)
    if state in (State.ON_AIR, State.ENDED, State.REVIEWED):
        actions.open_room(host.id, session.id)
        actions.say(make_account("Wei").id, session.id, "<b>how much?</b>")
    if state in (State.ENDED, State.REVIEWED):
        actions.end(host.id, session.id)
    if state is State.REVIEWED:
        actions.review(host.id, session.id)
    return host, helper, queries.session(session.id)


@pytest.mark.parametrize("state", list(State))
def test_every_page_is_valid_html_in_every_state(state: State):
    host, helper, session = scene(state)
    pages = ["/rooms", f"/r/{session.id}", f"/r/{session.id}/cards"]
    mine = ["/me/rooms", "/me/rooms/plan", f"/me/rooms/{session.id}", f"/me/rooms/{session.id}/words"]
    mine += [f"/me/rooms/{session.id}/choose", f"/me/rooms/{session.id}/card", f"/me/rooms/{session.id}/aside"]
    card = queries.cards(session.id)[0]
    pages.append(f"/r/{session.id}/buy/{card.id}")
    if state is State.PLANNED:
        pages = ["/rooms"]
    for client, addresses in ((as_(None), pages), (as_(helper), pages), (as_(host), [*pages, *mine])):
        for address in addresses:
            response = client.get(address, follow=True)
            assert response.status_code == 200, address
            validate(response.content)
            assert b"<b>how much" not in response.content


def test_a_creators_own_page_and_the_front_lead_to_the_rooms():
    host, _helper, session = scene(State.ON_AIR)
    assert f"/r/{session.id}".encode() in as_(None).get("/").content
    assert b"/me/rooms/plan" in as_(host).get("/me/creator").content
    creator = as_(None).get(f"/u/{host.id}", follow=True)
    validate(creator.content)
    assert f"/r/{session.id}".encode() in creator.content


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.ON_AIR, State.ENDED])
def test_a_shops_page_leads_to_where_its_goods_are_shown(state: State):
    _host, _helper, session = scene(state)
    [card] = queries.cards(session.id)
    shop = merchants.shop(card.shop_id)
    page = as_(None).get(f"/s/{shop.slug}")
    validate(page.content)
    assert f"/r/{session.id}".encode() in page.content
    other = make_shop(make_account("Owner"), "Another")
    assert f"/r/{session.id}".encode() not in as_(None).get(f"/s/{other.slug}").content


# who may: host, helper, viewer, stranger to the house (visitor), operator
ACTS: dict[str, tuple[str, str, dict[str, str], set[str]]] = {
    "desk": ("get", "/me/rooms/{s}", {}, {"host", "helper"}),
    "aside": ("get", "/me/rooms/{s}/aside", {}, {"host", "helper"}),
    "choose": ("get", "/me/rooms/{s}/choose", {}, {"host"}),
    "card": ("get", "/me/rooms/{s}/card", {}, {"host"}),
    "words": ("get", "/me/rooms/{s}/words", {}, {"host"}),
    "open": ("post", "/me/rooms/{s}/open", {}, {"host"}),
    "remove": ("post", "/me/rooms/{s}/card/{c}/remove", {}, {"host"}),
    "flash": ("get", "/me/rooms/{s}/card/{c}/flash", {}, {"host"}),
    "flash end": ("post", "/me/rooms/{s}/card/{c}/flash/end", {}, set()),  # the shop has not let the host
    "rest flash": (
        "post",
        "/api/rooms/{s}/cards/{c}/flash",
        {"price_minor": "10", "pieces": "1", "seconds": "60"},
        set(),
    ),
    "rest flash end": ("delete", "/api/rooms/{s}/cards/{c}/flash", {}, set()),
    "coupon": ("get", "/me/rooms/{s}/coupon", {}, {"host"}),
    "draw": ("get", "/me/rooms/{s}/draw", {}, {"host"}),
    "vote": ("get", "/me/rooms/{s}/vote", {}, {"host"}),
    "rest close vote": ("delete", "/api/rooms/{s}/votes/{c}", {}, set()),  # none is open
    "rest take back": ("delete", "/api/rooms/{s}/coupons/{c}", {}, set()),  # none was handed out
    "announce": ("post", "/me/rooms/{s}/announce", {}, set()),  # it is on air: nobody
    "call off": ("post", "/me/rooms/{s}/call-off", {"confirmed": "1"}, set()),
    "end": ("post", "/me/rooms/{s}/end", {"confirmed": "1"}, {"host", "operator"}),
    "rest end": ("post", "/api/rooms/{s}/end", {}, {"host", "operator"}),
    "rest explain": ("post", "/api/rooms/{s}/cards/{c}/explain", {}, {"host", "helper"}),
    "rest remove": ("delete", "/api/rooms/{s}/cards/{c}", {}, {"host"}),
    "rest publish": ("post", "/api/rooms/{s}/publish", {}, {"host"}),
    "rest hide": ("delete", "/api/rooms/{s}/lines/{l}", {}, {"host", "helper", "operator", "author"}),
    "rest answer": ("post", "/api/rooms/{s}/lines/{l}/answer", {}, {"host", "helper"}),
    "rest mute": ("post", "/api/rooms/{s}/lines/{l}/mute", {"minutes": "5"}, {"host", "helper"}),
    "rest ban": ("post", "/api/rooms/{s}/lines/{l}/ban", {}, {"host"}),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["host", "helper", "author", "other host", "operator", "visitor"])
def test_permission_matrix(act: str, role: str):
    method, address, body, may = ACTS[act]
    host, helper, session = scene(State.ON_AIR)
    author = make_account("Author")
    line = actions.say(author.id, session.id, "a line of mine")
    card = queries.cards(session.id)[0]
    people = {"host": host, "helper": helper, "author": author, "other host": make_host("Other"),
              "operator": make_operator(), "visitor": None}  # fmt: skip
    before = (queries.session(session.id), queries.cards(session.id), queries.lines(session.id))
    path = address.format(s=session.id, c=card.id, l=line.id)
    client = as_(people[role])
    rest = path.startswith("/api/")
    data = json.dumps({name: int(value) for name, value in body.items()}) if rest else body
    response = getattr(client, method)(path, data, **({"content_type": "application/json"} if rest else {}))
    allowed = role in may
    refused = {302, 401, 403, 404, 409} if role == "visitor" else {403, 404, 409}
    assert response.status_code in ({200, 201, 204, 302} if allowed else refused), response.status_code
    if not allowed:
        assert (queries.session(session.id), queries.cards(session.id), queries.lines(session.id)) == before


def test_a_planned_session_is_seen_by_those_who_work_in_it_only():
    host, helper, session = scene(State.PLANNED)
    for person, status in ((host, 200), (helper, 200), (make_account("Wei"), 404), (None, 404)):
        client = as_(person)
        for path in ("", "/state", "/cards", "/calendar.ics"):
            assert client.get(f"/r/{session.id}{path}").status_code == status, path
        assert client.post(f"/r/{session.id}/ticket").status_code == status


def test_who_is_banned_gets_no_room_no_ticket_and_no_state():
    host, _helper, session = scene(State.ON_AIR)
    buyer = make_account("Wei")
    line = actions.say(buyer.id, session.id, "hello")
    actions.ban(host.id, session.id, line.id)
    client = as_(buyer)
    card = queries.cards(session.id)[0]
    for path in ("", "/state", "/since?seq=0", "/cards", f"/buy/{card.id}"):
        assert client.get(f"/r/{session.id}{path}").status_code == 403, path
    response = client.post(f"/r/{session.id}/ticket")
    assert response.status_code == 403
    assert "laotie_live" not in response.cookies


def test_a_ticket_is_a_cookie_of_this_room_alone(settings: Settings):
    settings.CONFIG = settings.CONFIG.model_copy(update={"live_port": 4223})
    _host, _helper, session = scene(State.ON_AIR)
    response = as_(None).post(f"/r/{session.id}/ticket")
    said = response.json()
    assert said["address"] == f"ws://testserver:4223/live/{session.id}"
    assert said["topics"][0] == f"room.{session.id}.*"
    assert said["topics"][1] in {f"room.{session.id}.{lane}.*" for lane in range(LANES)}
    assert 0 < said["renew_after"] < said["seconds"] <= 300
    cookie = response.cookies["laotie_live"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"/live/{session.id}", True, "Strict")
    page = as_(None).get(f"/r/{session.id}")
    assert "connect-src 'self' ws://testserver:4223" in page["Content-Security-Policy"]
    assert "laotie_live" not in page.cookies


def test_without_a_bus_a_page_is_told_so():
    _host, _helper, session = scene(State.ON_AIR)
    response = as_(None).post(f"/r/{session.id}/ticket")
    assert response.json()["address"] == ""
    assert "laotie_live" not in response.cookies


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", b'{"token":"x","hearts":1}', b'{"token":1,"hearts":1}', b"\xff", b"{" * 3000]
)
def test_being_there_needs_the_pages_own_token(body: bytes):
    _host, _helper, session = scene(State.ON_AIR)
    response = as_(None).post(f"/r/{session.id}/here", body, content_type="application/json")
    assert response.status_code == 422
    assert queries.pulse(session.id).viewers == 0


def test_a_token_of_one_room_is_none_in_another():
    _host, _helper, session = scene(State.ON_AIR)
    _host2, _helper2, other = scene(State.ON_AIR)
    token = as_(None).get(f"/r/{session.id}").context["token"]
    body = json.dumps({"token": token, "hearts": 3})
    assert as_(None).post(f"/r/{other.id}/here", body, content_type="application/json").status_code == 422
    answer = as_(None).post(f"/r/{session.id}/here", body, content_type="application/json")
    assert answer.json()["pulse"] == {"beat": 1, "likes": 3, "viewers": 1}


def test_one_page_cannot_beat_faster_than_the_allowance():
    _host, _helper, session = scene(State.ON_AIR)
    token = as_(None).get(f"/r/{session.id}").context["token"]
    body = json.dumps({"token": token, "hearts": 60})
    statuses = [
        as_(None).post(f"/r/{session.id}/here", body, content_type="application/json").status_code for _ in range(30)
    ]
    assert statuses.count(429) >= 5


def test_missed_events_or_the_whole_state():
    host, _helper, session = scene(State.ON_AIR)
    before = queries.session(session.id).seq
    actions.say(host.id, session.id, "one")
    actions.say(host.id, session.id, "two")
    client = as_(None)
    events = client.get(f"/r/{session.id}/since?seq={before}").json()["events"]
    assert [(event["seq"], event["body"]["line"]["words"]) for event in events] == [
        (before + 1, "one"),
        (before + 2, "two"),
    ]
    assert client.get(f"/r/{session.id}/since?seq={before + 2}").json() == {"events": []}
    for odd in ("", "x", "-1", "9" * 30):
        assert client.get(f"/r/{session.id}/since?seq={odd}").json()["state"]["seq"] == before + 2
    assert client.get(f"/r/{uuid4()}/since?seq=0").status_code == 404


def test_the_calendar_names_the_time_in_utc_and_cuts_long_lines():
    host = make_host()
    at = clock.now().replace(microsecond=0) + timedelta(days=1)
    session = actions.plan(host.id, "虾；干, " + "长" * 60, at, "line one\nline two")
    actions.announce(host.id, session.id)
    body = as_(None).get(f"/r/{session.id}/calendar.ics").content
    assert f"DTSTART:{at:%Y%m%dT%H%M%SZ}".encode() in body
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert "DESCRIPTION:line one\\nline two" in body.decode().replace("\r\n ", "")


def test_reserving_asks_a_visitor_to_sign_in_and_comes_back():
    host = make_host()
    session = make_session(host, announced=True)
    response = as_(None).post(f"/r/{session.id}/reserve", HTTP_REFERER=f"http://testserver/r/{session.id}")
    assert response["Location"] == f"/account/login/?next=/r/{session.id}"
    fan = make_account("Fan")
    as_(fan).post(f"/r/{session.id}/reserve")
    assert queries.reservations(session.id) == (1, 0)
    as_(fan).post(f"/r/{session.id}/reserve", {"not": "1"})
    assert queries.reservations(session.id) == (0, 0)


def buy(client: Client, session: Session, card_id: object, till: str = "") -> tuple[str, Callable[..., bytes]]:
    """The till's hidden fields as a browser would send them back."""
    import re

    page = till or client.get(f"/r/{session.id}/buy/{card_id}").content.decode()
    form = page[page.index("/till/place") :]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return page, lambda **more: client.post("/till/place", {**fields, **more}).content


def test_a_visitor_is_asked_to_sign_in_at_the_till_and_comes_back_to_the_room():
    _host, _helper, session = scene(State.ON_AIR)
    card = queries.cards(session.id)[0]
    page = as_(None).get(f"/r/{session.id}/buy/{card.id}").content.decode()
    assert f"/account/login/?next=/r/{session.id}%3Fbuy%3D{card.id}" in page
    back = as_(None).get(f"/r/{session.id}?buy={card.id}")
    assert f'data-opened="{card.id}"' in back.content.decode()


def test_buying_in_the_room_pays_and_owes_the_host(settings: Settings):
    settings.SHELF_AGE = 60  # what the desk counted a moment before the end is no report
    host = make_host()
    session = make_session(host, on_air=True)
    card = make_card(host, session, make_plan_offer(price_minor=5000))
    buyer = make_account("Wei")
    make_address(buyer)
    client = as_(buyer)
    page, place = buy(client, session, card.id)
    validate(page)
    paying = place().decode()
    validate(paying)
    reference = paying.split("/sandbox/pay/")[1].split('"')[0]
    paid = client.post(f"/sandbox/pay/{reference}", {"choice": "succeed"}, HTTP_HX_REQUEST="true", follow=True)
    assert b'id="standing"' in paid.content
    assert b"<html" not in paid.content
    [order] = orders.orders_of_buyer(buyer.id, Filter()).orders
    [line] = order.lines
    assert line.origin == {
        "entry": "session", "session": str(session.id), "card": str(card.id), "creator": str(host.id),
    }  # fmt: skip
    assert (line.creator_id, line.commission_bp, line.plan_id) == (host.id, RATE_BP, card.plan_id)
    sold, by_card = selling.sold_in(session.id)
    assert (sold.orders, sold.buyers, sold.gmv.minor, sold.owed.minor, sold.final.minor) == (1, 1, 5000, 600, 0)
    assert by_card[card.id].owed.minor == 600
    aside = as_(host).get(f"/me/rooms/{session.id}/aside").content.decode()
    assert str(sold.owed) in aside
    actions.end(host.id, session.id)
    report = as_(host).get(f"/me/rooms/{session.id}/report")
    validate(report.content)
    assert str(sold.owed) in report.content.decode()
    assert "Still counting" in report.content.decode()  # no recorder runs here, so its facts never arrive


def test_a_cancelled_order_is_owed_no_more_and_a_refund_takes_its_share():
    from laotie.trade.orders import actions as order_actions
    from tests.makers import make_placed, wanted

    host = make_host()
    session = make_session(host, on_air=True)
    offer = make_plan_offer(price_minor=5000)
    card = make_card(host, session, offer)
    buyer = make_account("Wei")
    origin = Origin("session", session=session.id, card=card.id, creator=host.id)
    made = []
    for count in (2, 1):
        line = wanted(offer, count)
        placed = make_placed(buyer, type(line)(line.offer_id, line.quantity, line.agreed_price, origin))
        order_actions.pay(placed.checkout_id, placed.total)
        made.append(placed.order_ids[0])
    assert selling.sold_in(session.id)[0].owed.minor == 1800
    line_id = orders.order_for(buyer.id, made[0]).lines[0].id
    order_actions.give_back(made[0], {line_id: (1, offer.price)}, "test")
    assert selling.sold_in(session.id)[0].owed.minor == 1200
    order_actions.cancel(buyer.id, made[1])
    sold = selling.sold_in(session.id)[0]
    assert (sold.orders, sold.gmv.minor, sold.net.minor, sold.owed.minor) == (1, 10_000, 5000, 600)


def test_nobody_writes_himself_a_commission():
    host, buyer = make_host(), make_account("Wei")
    session = make_session(host, on_air=True)
    card = make_card(host, session)
    make_address(buyer)
    client = as_(buyer)
    _page, place = buy(client, session, card.id)
    place(origin=json.dumps({"entry": "session", "creator": str(buyer.id)}))
    [order] = orders.orders_of_buyer(buyer.id, Filter()).orders
    assert (order.lines[0].creator_id, order.lines[0].commission_bp) == (None, 0)
    good = sealed(Origin("session", creator=host.id))
    assert opened(good).creator == host.id
    assert opened(good[:-3] + "abc") == opened("") == opened("x" * 900) == Origin()


def test_the_till_says_what_changed_and_orders_nothing():
    from laotie.goods.offers import actions as offer_actions

    host, buyer = make_host(), make_account("Wei")
    session = make_session(host, on_air=True)
    offer = make_plan_offer(price_minor=5000, stock=1)
    card = make_card(host, session, offer)
    make_address(buyer)
    client = as_(buyer)
    _page, place = buy(client, session, card.id)
    offer_actions.set_price(offer.id, 7000)
    page = place().decode()
    validate(page)
    assert "notice-bad" in page
    assert "70.00" in page
    assert orders.orders_of_buyer(buyer.id, Filter()).count == 0
    _page, place = buy(client, session, card.id, page)
    place()
    assert orders.orders_of_buyer(buyer.id, Filter()).count == 1
    page = client.get(f"/r/{session.id}/buy/{card.id}").content.decode()
    assert "Sold out" in page


def test_an_address_is_added_at_the_till():
    host, buyer = make_host(), make_account("Wei")
    session = make_session(host, on_air=True)
    card = make_card(host, session)
    client = as_(buyer)
    page = client.get(f"/r/{session.id}/buy/{card.id}").content.decode()
    origin = page.split('name="origin" value="')[1].split('"')[0]
    where = {"name": "Wei", "phone": "13800000000", "region": "Zhejiang", "city": "Hangzhou", "street": "1 West Road"}
    asked = {"offer": str(card.offer_id), "origin": origin, "quantity": "2", "back": f"/r/{session.id}"}
    bad = client.post("/till/address", {**asked, **where, "phone": ""}).content.decode()
    assert "notice-bad" in bad
    good = client.post("/till/address", {**asked, **where}).content.decode()
    validate(good)
    _page, place = buy(client, session, card.id, good)
    place()
    assert orders.orders_of_buyer(buyer.id, Filter()).orders[0].lines[0].quantity == 2
