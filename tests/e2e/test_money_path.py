"""The money path in a real browser: search, cart of two shops, one payment, shipped, signed, reviewed."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.walker import Walker
from tools.machine import browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.xdist_group("market"),  # whole markets one after the other: two would reach for the same ports
    pytest.mark.skipif(browser() is None, reason="needs the system's Chromium"),
]
FIND = {"zh": ("虾干", "袜"), "en": ("prawns", "socks")}  # of the demo merchant's shop, and of another
SHOP = "pier-seven"
PRAISE = {"zh": "虾很新鲜，包得严实，第二天就到了。", "en": "Fresh, well packed, and here the next day."}


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_search_to_review(chromium, market, size, pictures):
    language, address = market
    buyer = Walker(chromium, address, size, language, pictures)
    buyer.sign_in("buyer")
    buyer.picture("home")
    product = put_in_cart(buyer, FIND[language][0], SHOP)
    put_in_cart(buyer, FIND[language][1])
    number, order = pay(buyer)
    ship(Walker(chromium, address, size, language, pictures), number)
    sign(buyer, order)
    review(buyer, order, product, PRAISE[language])
    buyer.close()


def put_in_cart(buyer: Walker, words: str, shop: str = "") -> str:
    """Search for `words`, open the first product found (of `shop`), add it; returns the product's path."""
    page = buyer.go("/")
    search = page.locator("header input[name=q]")
    search.fill(words)
    with page.expect_navigation():
        search.press("Enter")
    buyer.picture(f"search-{words}")
    found = page.locator("main a[href^='/p/']").first
    path = re.sub(r"[?#].*", "", found.get_attribute("href") or "")
    buyer.press(found)
    if shop:
        expect(page.locator(f"main a[href='/s/{shop}']").first).to_be_visible()
    buyer.picture(f"product-{words}")
    buyer.press(page.locator("form[action$='/cart/put'] button:not([formaction])").first)
    return path


def pay(buyer: Walker) -> tuple[str, str]:
    """Order what is in the cart and pay; returns number and path of the demo shop's order."""
    page = buyer.go("/cart")
    shops = page.locator("section.card:has(.cart-shop)")
    expect(shops).to_have_count(2)
    buyer.picture("cart")
    buyer.press(page.locator("button[form=settle]"))
    buyer.picture("checkout")
    buyer.press(page.locator("button[form=place]"))
    if "/sandbox/" not in page.url:
        buyer.press(page.locator("form[action$='/pay'] button"))
    buyer.picture("bank")
    buyer.press(page.locator("button[value=succeed]"))
    expect(page.locator("#standing form")).to_have_count(0)  # nothing left to pay
    expect(page.locator("#standing a[href^='/orders/']")).to_have_count(2)
    buyer.picture("paid")
    paths = [str(link.get_attribute("href")) for link in page.locator("#standing a[href^='/orders/']").all()]
    for path in paths:
        buyer.go(path)
        if page.locator(f"a[href='/s/{SHOP}']").count():
            return (re.findall(r"\d[\dA-Z-]{5,}", page.locator("h1").inner_text()) or [""])[0], path
    raise AssertionError("no order of the demo merchant's shop")


def ship(merchant: Walker, number: str) -> None:
    """The merchant finds the order among those to ship, and ships it."""
    merchant.sign_in("merchant")
    page = merchant.go(f"/seller/{SHOP}/orders?tab=ship&q={number}")
    merchant.picture("to-ship")
    article = page.locator(f"article[aria-label='{number}']")
    article.locator("input[name=tracking]").fill("SF1234567890123")
    merchant.press(article.locator(".ship-form button"))
    expect(page.locator(f"article[aria-label='{number}'] .ship-form")).to_have_count(0)
    merchant.close()


def sign(buyer: Walker, order: str) -> None:
    page = buyer.go(order)
    buyer.picture("shipped")
    buyer.confirm(page.locator("form[action$='/sign'] button"))
    expect(page.locator("form[action$='/sign']")).to_have_count(0)
    buyer.picture("signed")


def review(buyer: Walker, order: str, product: str, words: str) -> None:
    page = buyer.go(order)
    buyer.press(page.locator("a[href^='/me/reviews/write/']").first)
    page.locator("input[name=stars][value='5'] + label").click()
    page.locator("textarea[name=words]").fill(words)
    buyer.picture("review")
    buyer.press(page.locator("form:has(input[name=stars]) > button"))
    buyer.go(f"{product}/reviews")
    expect(page.get_by_text(words).first).to_be_visible()
    buyer.picture("reviewed")
