"""Pictures of pages: `python -m tools.shots /look /search?q=蟹 --as buyer@demo.example`.

A path is served by this process from the development database; a whole URL is taken as it is. Each page is taken in
every size, language and theme asked for; the paths of the PNGs are printed. `--as` signs an account in without its
password (own paths only).
"""

import argparse
import itertools
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
THEMES = ("light", "dark")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        if args and str(args[1]).startswith("5"):
            super().log_message(format, *args)


@contextmanager
def served() -> Iterator[str]:
    """This market's pages on a free port, for as long as the block runs; yields the root address."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def session_of(email: str) -> str:
    """A signed-in session of the account; its key."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    account = get_user_model().objects.get(email=email)
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def take(options: argparse.Namespace, root: str, cookie: tuple[str, str] | None) -> None:
    """Take every page in every way and print where the pictures are, with what the browser complained about."""
    from playwright.sync_api import sync_playwright

    folder = Path(options.out or tempfile.mkdtemp(prefix="laotie-shots-"))
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for size, language, theme in itertools.product(options.size, options.language, options.theme):
            width, height = SIZES[size]
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale=LANGUAGES[language], color_scheme=theme
            )
            if cookie:
                context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": root}])
            for address in options.addresses:
                page = context.new_page()
                page.on("console", _complain)
                page.on("pageerror", lambda error: print("  script:", error))
                answer = page.goto(address if "://" in address else root + address, wait_until="load")
                name = re.sub(r"\W+", "-", address.split("://")[-1]).strip("-") or "home"
                path = folder / f"{name[:80]}.{size}.{language}.{theme}.png"
                page.screenshot(path=path, full_page=options.full)
                wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                print(path, answer.status if answer else "", "WIDER THAN THE SCREEN" if wide else "")
                page.close()
            context.close()


def _complain(said: Any) -> None:
    if said.type == "error":
        print("  browser:", said.text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--size", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=["zh"])
    parser.add_argument("--theme", nargs="+", choices=THEMES, default=["light"])
    parser.add_argument("--full", action="store_true", help="the whole page, not only the first screen")
    parser.add_argument("--as", dest="email", help="sign this account in")
    parser.add_argument("--out", help="folder for the pictures; a fresh temporary one otherwise")
    options = parser.parse_args()
    if all("://" in address for address in options.addresses):
        return take(options, "", None)
    with served() as root:
        cookie = ("laotie_session", session_of(options.email)) if options.email else None
        take(options, root, cookie)
    return None


if __name__ == "__main__":
    main()
