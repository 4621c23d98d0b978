"""The door in a rush: once the pieces at a price are gone, who still asks for them over REST is told so at once.

An order of one line that was refused because nothing is left at its price leaves that answer here for a few seconds.
Whoever then asks for the same (offer, count, price, in the same words) gets the same answer, after one statement has
seen that his key holds, that he has no order under his idempotency key, and that price and stock are still what the
answer says of them. So it is as true as if he had been let in; what is spared is all that a refusal costs besides: the
door stands before the framework, takes a twentieth of the work, and a thousand at once are answered while they wait.
Anything else goes on as if there were no door.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.db import Error, connection
from django.http import HttpRequest

from laotie.kit import clock
from laotie.kit.pages.problems import told
from laotie.kit.prepared import Prepared
from laotie.people.accounts.actions.tokens import digest
from laotie.trade.orders.contracts import Wanted
from laotie.trade.orders.errors import PriceChanged, SoldOut

PATH = "/api/orders"
AGE = 5.0  # seconds an answer is kept; what it says is checked each time
MOST = 256
LONGEST_KEY = 80
WORDS = 100  # characters of what readers' programs say of their languages
SAID = "laotie.door"  # where in the surroundings of a request the one who refused it leaves why
SEEN = Prepared(
    "orders_door", "SELECT price, left_over FROM orders_at_the_door($1::text, $2::text, $3::uuid, $4::timestamptz)"
)
Surroundings = tuple[str, str, str]  # scheme, host, the reader's languages: what an answer's head depends on
Asked = tuple[str, int, int, Surroundings]  # offer, count, agreed price
Counted = Callable[[str, str, int, float], None]  # method, route, status, seconds


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order was refused: `price` is what a piece costs now, or (None) `left` pieces are left. `route`: by which
    requests of its kind are counted."""

    asked: Asked
    body: bytes
    price: int | None
    left: int | None
    route: str

    def holds(self, price: int, left: int) -> bool:
        return price == self.price if self.price is not None else left == self.left


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered while its refusal holds."""

    refusal: Refusal
    status: str
    headers: tuple[tuple[str, str], ...]
    until: float


_kept: OrderedDict[Asked, Answer] = OrderedDict()
_lock = Lock()


def remember(request: HttpRequest, wanted: Sequence[Wanted], error: SoldOut | PriceChanged) -> None:
    """Leave a refusal of one line for the door, which hears with which head it is answered."""
    around = _surroundings(request.META)
    if len(wanted) != 1 or len(error.data["lines"]) != 1 or around is None:
        return
    line, said = wanted[0], error.data["lines"][0]
    data = error.data | ({"total_minor": None} if isinstance(error, PriceChanged) else {})
    asked = (str(line.offer_id), line.quantity, line.agreed_price.minor, around)
    body, route = json.dumps(told(type(error)(**data))), request.resolver_match.route if request.resolver_match else ""
    request.META[SAID] = Refusal(asked, body.encode(), said.get("price_minor"), said.get("left"), route)


class Door:
    """Before `application`, which is Django's. `counted` hears of every answer that is given here."""

    def __init__(self, application: WSGIApplication, counted: Counted) -> None:
        self.application, self.counted = application, counted

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "POST":
            return self.application(environ, start_response)
        began = time.perf_counter()
        known = refused(environ) if _kept else None
        if known is None:
            return self._let_in(environ, start_response)
        start_response(known.status, list(known.headers))
        self.counted("POST", known.refusal.route, int(known.status[:3]), time.perf_counter() - began)
        return [known.refusal.body]

    def _let_in(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def heard(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if SAID in environ:
                _keep(environ[SAID], status, headers)
            return start_response(status, headers, *more)

        return self.application(environ, heard)


def _keep(refusal: Refusal, status: str, headers: list[tuple[str, str]]) -> None:
    """Keep an answer for those who come after; never one that says something to one reader only."""
    names = {name.lower() for name, _ in headers}
    if "set-cookie" in names:
        return
    length = ("Content-Length", str(len(refusal.body)))
    same = tuple(length if name.lower() == "content-length" else (name, value) for name, value in headers)
    with _lock:
        _kept[refusal.asked] = Answer(refusal, status, same, time.monotonic() + AGE)
        _kept.move_to_end(refusal.asked)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def refused(environ: WSGIEnvironment) -> Answer | None:
    """The answer that holds for this order; None where it must be looked at."""
    asked = _asked(environ)
    known = _kept.get(asked) if asked else None
    if known is None or known.until < time.monotonic() or not _still(environ, known.refusal):
        return None
    return known


def _asked(environ: WSGIEnvironment) -> Asked | None:
    """What is asked for, where it is an order of one line by one who shows a key to REST."""
    key, length = environ.get("HTTP_IDEMPOTENCY_KEY", ""), environ.get("CONTENT_LENGTH") or ""
    around = _surroundings(environ)
    if around is None or not environ.get("HTTP_AUTHORIZATION", "").startswith("Bearer "):
        return None
    if not (0 < len(key) <= LONGEST_KEY and key.isprintable() and length.isdecimal() and len(length) <= 4):
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)  # for who looks at the order if the door does not know it
    try:
        said: Any = json.loads(body)
        [line] = said["lines"]
        return str(line["offer_id"]), int(line["quantity"]), int(line["agreed_price_minor"]), around
    except (ValueError, KeyError, TypeError, RecursionError):
        return None  # whoever judges orders says what is wrong with it


def _surroundings(environ: WSGIEnvironment) -> Surroundings | None:
    """What an answer depends on besides what is asked; None where it might depend on more, as on a cookie."""
    words = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    if environ.get("HTTP_COOKIE") or len(words) > WORDS:
        return None
    return environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), words


def _still(environ: WSGIEnvironment, refusal: Refusal) -> bool:
    key = digest(environ["HTTP_AUTHORIZATION"].removeprefix("Bearer "))
    try:
        seen = SEEN.row(key, environ["HTTP_IDEMPOTENCY_KEY"], refusal.asked[0], clock.now().isoformat())
    except Error:
        connection.close()  # the next one to ask gets one that works
        return False
    return seen is not None and refusal.holds(*map(int, seen))
