"""The small scripts of every page, in a real browser."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tools.machine import browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser() is None, reason="needs the system's Chromium"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def page(live_server: object) -> Iterator[Page]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread, the server in another
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = running.new_page(locale="en-GB", base_url=str(live_server))
        yield page
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def theme(page: Page) -> str | None:
    return page.evaluate("document.documentElement.dataset.theme ?? null")


def test_theme_confirmation_and_sheet(page: Page) -> None:
    page.goto("/look")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html[data-theme=dark]")).to_have_count(1)
    page.get_by_text("Ask before acting").click()
    page.locator("#confirm-dialog").get_by_role("button", name="Back").click()
    assert theme(page) == "dark"
    page.get_by_text("Ask before acting").click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.locator("html[data-theme]")).to_have_count(0)
    page.get_by_text("Open a sheet").click()
    assert page.evaluate("document.querySelector('#look-sheet').open")


def test_times_are_the_readers_own(page: Page) -> None:
    page.goto("/look")
    expect(page.locator("time[data-when]")).to_have_count(0)
    assert page.locator("time").first.get_attribute("title")


def test_the_page_is_no_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/look")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
