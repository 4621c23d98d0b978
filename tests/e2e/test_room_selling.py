"""Selling on air in real browsers: a flash offer of ten, thirty who want it, and two who watch it go."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_room import SLOW, WORDS, cameras, chat, is_moving, open_room  # noqa: F401  # a fixture
from tests.e2e.walker import Walker
from tools.machine import browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("market"),
    pytest.mark.skipif(browser() is None, reason="needs the system's Chromium"),
]
PIECES, OTHERS = 10, 29
CUT = "9.90"
THINGS = {"zh": "鱿鱼丝", "en": "squid"}  # something that nothing cuts the price of yet


def asked(address: str, method: str, path: str, key: str, body: Any = None, more: dict[str, str] | None = None) -> Any:
    """(status, what was answered) of the market's REST."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **(more or {})}
    data = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(f"{address}{path}", data=data, headers=headers, method=method), timeout=120) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except HTTPError as error:
        return error.code, json.loads(error.read())


def test_ten_at_a_flash_price_and_thirty_who_want_them(
    cameras: Browser,  # noqa: F811
    market: tuple[str, str],
    crowd: Callable[[int], list[tuple[str, str]]],
    pictures,
):
    language, address = market
    title, _, drawback, question = WORDS[language]
    host = Walker(cameras, address, "desk", language, pictures)
    host.sign_in("creator")
    room = open_room(host, title, THINGS[language], drawback)
    buyer, visitor = (Walker(cameras, address, "phone", language, pictures) for _ in range(2))
    buyer.sign_in("buyer")
    for viewer in (buyer, visitor):
        viewer.go(room)
        is_moving(viewer.page)
    chat(host, buyer, visitor, question)
    host.page.locator("[data-explain]").first.click()
    take_coupon(host, buyer)
    begin_flash(host)
    for viewer in (buyer, visitor):
        flash = viewer.page.locator("#now [data-flash]")
        expect(flash.locator("[data-flash-left]")).to_have_text(str(PIECES), timeout=SLOW)
        clock = flash.locator("[data-flash-clock]")
        was = clock.inner_text()
        expect(clock).not_to_have_text(was, timeout=SLOW)  # it runs
        viewer.picture("room-flash")
    host.picture("desk-flash")
    buy_beside_the_picture(buyer, room)
    expect(visitor.page.locator("#now [data-flash-left]")).to_have_text(str(PIECES - 1), timeout=SLOW)
    had = rush(address, room, crowd(OTHERS))
    assert had.count(201) == PIECES - 1
    assert set(had) == {201, 409}
    for viewer in (buyer, visitor):
        expect(viewer.page.locator("#now [data-flash-left]")).to_have_text("0", timeout=SLOW)
        expect(viewer.page.locator("#now .flash-head [data-flash-if=gone]")).to_be_visible()
        is_moving(viewer.page)
    visitor.picture("room-flash-gone")
    ask_the_room(host, buyer, visitor)
    draw_and_check(host, buyer, visitor)
    for walker in (host, buyer, visitor):  # who plays or sends once more, after the end, is told that it is over
        assert walker.faults == [], walker.faults
    host.confirm(host.page.locator("form[action$='/end'] button"))
    host.picture("report-of-selling")


def begin_flash(host: Walker) -> None:
    page = host.page
    page.locator(".desk-card [data-sheet]").first.click()
    page.fill("#desk-sheet input[name=price]", CUT, timeout=SLOW)
    page.fill("#desk-sheet input[name=pieces]", str(PIECES))
    page.select_option("#desk-sheet select[name=seconds]", "1800")
    host.picture("desk-flash-form")
    page.locator("#desk-sheet form button.button-wide").click()
    expect(page.locator("#desk-sheet")).to_be_hidden(timeout=SLOW)
    expect(page.locator(".desk-card [data-flash-left]")).to_have_text(str(PIECES), timeout=SLOW)


def take_coupon(host: Walker, buyer: Walker) -> None:
    page = host.page
    page.locator("[hx-get$='/coupon']").click()
    for name, amount in (("amount", "2"), ("threshold", "9"), ("budget", "20")):
        page.fill(f"#desk-sheet input[name={name}]", amount, timeout=SLOW)
    host.picture("desk-coupon-form")
    page.locator("#desk-sheet form button.button-wide").click()
    expect(page.locator("#handed li")).to_have_count(1, timeout=SLOW)
    coupon = buyer.page.locator("#coupons .coupon")
    coupon.click(timeout=SLOW)
    expect(coupon.locator("[data-coupon-if=had]")).to_be_visible(timeout=SLOW)
    buyer.picture("room-coupon")


def ask_the_room(host: Walker, buyer: Walker, visitor: Walker) -> None:
    host.page.locator("[hx-get$='/vote']").click()
    host.page.locator("#desk-sheet form button.button-wide").click(timeout=SLOW)
    answer = buyer.page.locator("#plays .answer").first
    answer.click(timeout=SLOW)
    expect(answer).to_have_attribute("aria-pressed", "true", timeout=SLOW)
    for walker in (host, visitor):
        expect(walker.page.locator("#plays [data-count]").first).to_have_text("1 · 100 %", timeout=SLOW)
    buyer.picture("room-vote")
    host.page.locator("#plays [data-close-vote]").click()
    expect(answer).to_be_disabled(timeout=SLOW)
    expect(buyer.page.locator("#plays [data-ahead]")).to_contain_text("1 · 100 %")  # folded to its outcome


def draw_and_check(host: Walker, buyer: Walker, visitor: Walker) -> None:
    """One enters, so one wins; and any browser can draw again."""
    page = host.page
    page.locator("[hx-get$='/draw']").click()
    page.fill("#desk-sheet input[name=prize]", "A basket", timeout=SLOW)
    page.select_option("#desk-sheet select[name=seconds]", "30")
    host.picture("desk-draw-form")
    page.locator("#desk-sheet form button.button-wide").click()
    buyer.page.locator("#plays [data-enter]").click(timeout=SLOW)
    expect(buyer.page.locator("#plays [data-play-in]")).to_be_visible(timeout=SLOW)
    buyer.picture("room-draw")
    expect(buyer.page.locator("#plays [data-play-won]")).to_be_visible(timeout=2 * SLOW)
    host.picture("desk-drawn")
    visitor.go(visitor.page.locator("#plays [data-check]").get_attribute("href", timeout=SLOW) or "")
    expect(visitor.page.locator("#verdict")).to_have_attribute("data-verdict", "fair", timeout=SLOW)
    visitor.picture("draw-checked")


def buy_beside_the_picture(buyer: Walker, room: str) -> None:
    """Order and pay while the very same video element goes on playing."""
    page = buyer.page
    page.evaluate("window.seen = document.querySelector('#video'); window.at = window.seen.currentTime")
    page.locator("#now [data-buy]").click()
    expect(page.locator("#till .price").first).to_contain_text(CUT, timeout=SLOW)
    expect(page.locator("#till .till-coupon")).to_contain_text("2.00")
    buyer.picture("room-till-coupon")
    page.locator("form[hx-post$='/till/place'] button").click(timeout=SLOW)
    page.locator("#till button[value=succeed]").click(timeout=SLOW)
    expect(page.locator("#till .mark")).to_be_visible(timeout=SLOW)
    buyer.picture("room-flash-paid")
    assert page.url == f"{buyer.address}{room}"
    assert page.evaluate("window.seen === document.querySelector('#video')")
    page.wait_for_function("() => window.seen.currentTime > window.at + 0.5", timeout=SLOW)
    page.locator("#till [data-shut]").click()


def rush(address: str, room: str, people: list[tuple[str, str]]) -> list[int]:
    """Everyone orders one at the flash price at once, over REST; the statuses of the answers."""
    session = room.rpartition("/")[2]
    [card] = asked(address, "GET", f"/api/rooms/{session}/cards", people[0][0])[1]
    start = Barrier(len(people))

    def order(who: tuple[str, str]) -> int:
        key, place = who
        line = {"offer_id": card["offer_id"], "quantity": 1, "agreed_price_minor": 990, "origin": card["origin"]}
        start.wait()
        body = {"lines": [line], "address_id": place}
        return int(asked(address, "POST", "/api/orders", key, body, {"Idempotency-Key": "rush"})[0])

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(order, people))
