"""A person before a browser: signs in, reads, presses what is on the page. Every fault on a page is a failure."""

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
PASSWORD = "laotie-demo"
BUSY = 60_000  # milliseconds that a page may take where a market and browsers that encode share two cores


class Walker:
    """Someone with a browser window of their own. `faults` collects what the browser complains of."""

    def __init__(self, browser: Browser, address: str, size: str, language: str, pictures: Path | None = None) -> None:
        self.context = browser.new_context(
            viewport=SIZES[size], locale=LOCALES[language], has_touch=size == "phone", reduced_motion="reduce"
        )
        self.context.set_default_timeout(BUSY)
        self.address, self.pictures, self.name = address, pictures, f"{size}.{language}"
        self.faults: list[str] = []
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)

    def sign_in(self, role: str) -> None:
        self.go("/account/login/")
        self.page.fill("input[name=login]", f"{role}@laotie.example")
        self.page.fill("input[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main form:has(input[name=password]) button").first.click()

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def press(self, what: Locator) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            what.click()

    def confirm(self, what: Locator) -> None:
        """Press a button that asks whether one is sure, and be sure."""
        what.click()
        with self.page.expect_navigation():
            self.page.locator("#confirm-dialog button[value=yes]").click()

    def picture(self, station: str) -> None:
        assert self.fits(), f"{station} is wider than the screen"
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=self.pictures / f"{station}.{self.name}.png")

    def fits(self) -> bool:
        """Whether nothing on the page is wider than the screen."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    def close(self) -> None:
        self.context.close()
        assert self.faults == []
