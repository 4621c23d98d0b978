"""A visitor over HTTP: one connection that is kept, cookies, forms with their token. Only what a browser would send."""

import json
import re
import time
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from typing import Any
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
OFFER = re.compile(r'name="offer" value="([^"]+)"')
PUT = re.compile(r'<form[^>]*action="([^"]*(?:cart|basket/add)[^"]*)"')


class Visitor:
    """One person with one browser. `number` tells visitors apart. Raises RuntimeError on any answer but a page."""

    def __init__(self, root: str, number: int) -> None:
        self.number = number
        self.host = urlsplit(root).netloc
        self.connection = HTTPConnection(self.host, timeout=30)
        self.cookies: dict[str, str] = {}

    def look(self, path: str) -> tuple[float, int]:
        """Open a page; milliseconds until its last byte, and the statements it took."""
        began = time.perf_counter()
        response, _ = self._ask("GET", path)
        taken = (time.perf_counter() - began) * 1000
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return taken, int(response.headers.get("X-Statements", 0))

    def read(self, path: str) -> str:
        """A page's text."""
        response, text = self._ask("GET", path)
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return text

    def put_into_cart(self, product: str) -> None:
        """Press "add to cart" on a product's page: ours, or one of django-oscar's, whose form names the product."""
        _, page = self._ask("GET", product)
        token, offer, action = TOKEN.search(page), OFFER.search(page), PUT.search(page)
        if action is None or token is None:
            raise RuntimeError(f"{product} has no form that puts into the cart")
        fields = {"csrfmiddlewaretoken": token[1], "offer": offer[1] if offer else "", "quantity": "1", "next": product}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        response, _ = self._ask("POST", action[1], urlencode(fields), headers)
        if response.status not in {200, 302}:
            raise RuntimeError(f"{action[1]} answered {response.status}")

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        named = {"Cookie": cookies, "Accept-Language": "en", **(headers or {})}
        try:
            self.connection.request(method, path, body, named)
            response = self.connection.getresponse()
        except RemoteDisconnected:  # the server let go of a connection that was idle: a browser opens another
            if method != "GET":
                raise
            self.connection.close()
            self.connection.request(method, path, body, named)
            response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return response, text


def get_json(root: str, path: str) -> Any:
    """What the market's REST answers."""
    connection = HTTPConnection(urlsplit(root).netloc, timeout=30)
    connection.request("GET", path)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer
