"""The door in a rush: once the pieces at a price are gone, who still asks for them over REST is told so at once.

An order of one line that was refused because nothing is left at its price leaves that refusal here for a few seconds.
Whoever then asks for the same (offer, count, price) gets the same answer, after one statement has seen that his key
holds, that he has no order under his idempotency key, and that price and stock are still what the refusal says of them.
So the answer is as true as if he had been let in; what is spared is all that a refusal costs besides: it takes a fifth
of the work, and a thousand at once are answered while they wait. Anything else goes on as if there were no door.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from laotie.kit import clock
from laotie.kit.pages.problems import told
from laotie.people.accounts.actions.tokens import digest
from laotie.trade.orders.contracts import Wanted
from laotie.trade.orders.errors import PriceChanged, SoldOut

PATH = "/api/orders"
AGE = 5.0  # seconds a refusal is kept; what it says is checked each time
MOST = 256
LARGEST = 4096  # bytes of an order of one line
SEEN = "SELECT price, left_over FROM orders_at_the_door(%s, %s, %s::uuid, %s)"
Asked = tuple[str, int, int, str]  # offer, count, agreed price, the reader's languages


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is answered while `price` is what a piece costs now, or (None) while `left` pieces are left."""

    body: bytes
    price: int | None
    left: int | None
    until: float

    def holds(self, price: int, left: int) -> bool:
        return price == self.price if self.price is not None else left == self.left


_kept: OrderedDict[Asked, Refusal] = OrderedDict()
_lock = Lock()


def remember(request: HttpRequest, wanted: Sequence[Wanted], error: SoldOut | PriceChanged) -> None:
    """Keep a refusal of one line for those who come after."""
    if len(wanted) != 1 or len(error.data["lines"]) != 1:
        return
    line, said = wanted[0], error.data["lines"][0]
    data = error.data | ({"total_minor": None} if isinstance(error, PriceChanged) else {})
    body = json.dumps(told(type(error)(**data)), ensure_ascii=False)
    refusal = Refusal(body.encode(), said.get("price_minor"), said.get("left"), time.monotonic() + AGE)
    asked = (str(line.offer_id), line.quantity, line.agreed_price.minor, _languages(request))
    with _lock:
        _kept[asked] = refusal
        _kept.move_to_end(asked)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


class Door:
    """Middleware, before all that costs something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return (_kept and request.path == PATH and refused(request)) or self.get_response(request)


def refused(request: HttpRequest) -> HttpResponse | None:
    """The refusal that holds for this order; None where it must be looked at."""
    asked = _asked(request)
    known = _kept.get(asked) if asked else None
    if asked is None or known is None or known.until < time.monotonic() or not _still(request, asked, known):
        return None
    headers = {"X-Content-Type-Options": "nosniff", "Content-Length": str(len(known.body))}
    return HttpResponse(known.body, "application/json; charset=utf-8", SoldOut.status, headers=headers)


def _asked(request: HttpRequest) -> Asked | None:
    """What is asked for, where it is an order of one line by one who shows a key to REST."""
    said = request.META  # `request.headers` would sort out all of the environment first
    shows = said.get("HTTP_AUTHORIZATION", "").startswith("Bearer ") and said.get("HTTP_IDEMPOTENCY_KEY")
    length = said.get("CONTENT_LENGTH") or ""
    if request.method != "POST" or not shows or not length.isdigit() or len(length) > 4 or int(length) > LARGEST:
        return None
    try:
        body: Any = json.loads(request.body)
        [line] = body["lines"]
        return str(line["offer_id"]), int(line["quantity"]), int(line["agreed_price_minor"]), _languages(request)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None  # whoever judges orders says what is wrong with it


def _still(request: HttpRequest, asked: Asked, known: Refusal) -> bool:
    key = digest(request.META["HTTP_AUTHORIZATION"].removeprefix("Bearer "))
    given = (key, request.META["HTTP_IDEMPOTENCY_KEY"], asked[0], clock.now())
    with connection.cursor() as cursor:
        cursor.execute(SEEN, given)
        seen = cursor.fetchone()
    return seen is not None and known.holds(*seen)


def _languages(request: HttpRequest) -> str:
    said: str = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    return said[:100]
