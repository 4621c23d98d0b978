"""A flash offer and a thousand buyers who all order one at the same moment, over HTTP: how many pieces were sold, and
how long each buyer waited for his answer.

    python -m benchmarks.flash_crowd [--buyers 1000] [--pieces 100]

The whole market is started (`laotie up`), with a shop, one product in stock for everybody, and a timed price for so
many pieces, one a buyer. Every buyer has a connection open and a key of his own; at one moment all of them send the
same POST /api/orders that any client sends, and each counts the milliseconds until the last byte of his answer. Market,
PostgreSQL and buyers share the machine. An answer that is neither "ordered" nor "the pieces at this price are gone" is
a fault of the run, and so is one that the tables do not bear out. `cpu_s`: seconds of a core that market and buyers
took together, which can be compared when others use the machine, too. There is no peer: none sells over HTTP to buyers
with keys at a price with a count; `benchmarks.hot_sku` has one below HTTP.
"""

import argparse
import json
import select
import socket
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks import one_thing
from benchmarks.running_market import market
from laotie.runtime import bare

USUAL, FLASH = 5000, 990  # minor units
PATIENCE = 60.0  # seconds until nobody answering is a fault of the run
GONE = {"order.price_changed", "order.sold_out"}


@dataclass(frozen=True)
class Buyer:
    """One who wants a piece: the key he shows, and where his parcels go."""

    token: str
    address_id: str


@dataclass(frozen=True)
class Answer:
    status: int
    code: str
    ms: float


def lay(pieces: int, buyers: int) -> tuple[str, list[Buyer]]:
    """A shop with one product, its flash offer, and buyers with keys, all through actions; the offer's id."""
    from laotie.goods.terms import actions as terms
    from laotie.kit import clock
    from laotie.people.accounts import actions as accounts

    thing, now = one_thing.lay(USUAL, buyers + pieces, buyers), clock.now()
    terms.set_timed_price(thing.offer, FLASH, now, now + timedelta(hours=1), cap_per_buyer=1, allotment=pieces)
    keys = [(accounts.make_token(account, name="flash", days=1)[1], place) for account, place in thing.buyers]
    return str(thing.offer), [Buyer(key, str(place)) for key, place in keys]


def asking(host: str, buyer: Buyer, offer: str, path: str = "/api/orders") -> bytes:
    """The bytes of one buyer's order."""
    line = {"offer_id": offer, "quantity": 1, "agreed_price_minor": FLASH}
    body = json.dumps({"lines": [line], "address_id": buyer.address_id}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {buyer.token}\r\nAccept-Language: en\r\n"
        f"Idempotency-Key: flash\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Waiting:
    """One buyer at his connection, a bare socket: he is to cost the market's machine as little as may be."""

    def __init__(self, host: str, port: int, words: bytes) -> None:
        self.line, self.words = socket.create_connection((host, port), PATIENCE), words
        self.heard, self.size, self.ms = b"", 0, 0.0

    def ask(self) -> None:
        self.began = time.perf_counter()
        self.line.sendall(self.words)

    def has_all(self) -> bool:
        """Read what came; whether it was the last of the answer. Raises ConnectionError where the market hung up."""
        data = self.line.recv(65536)
        if not data:
            raise ConnectionError("The market hung up on a buyer.")
        self.heard += data
        if not self.size and (end := self.heard.find(b"\r\n\r\n")) > 0:
            length = self.heard[:end].lower().split(b"content-length:")[1].split(b"\r\n")[0]
            self.size = end + 4 + int(length)
        if not self.size or len(self.heard) < self.size:
            return False
        self.ms = (time.perf_counter() - self.began) * 1000
        return True


def rush(url: str, asked: list[bytes]) -> list[Answer]:
    """Everybody connects, then everybody asks; the answers in the order of the buyers."""
    host, port = urlsplit(url).hostname or "127.0.0.1", urlsplit(url).port or 80
    buyers = [Waiting(host, port, words) for words in asked]
    waiting = {buyer.line.fileno(): buyer for buyer in buyers}
    with select.epoll() as doors:
        for number in waiting:
            doors.register(number, select.EPOLLIN)
        for buyer in buyers:
            buyer.ask()
        while waiting:
            rung = doors.poll(PATIENCE)
            if not rung:
                raise TimeoutError(f"{len(waiting)} buyers hear nothing.")
            for number, _ in rung:
                if waiting[number].has_all():
                    doors.unregister(number)
                    del waiting[number]
    for buyer in buyers:
        buyer.line.close()
    return [_answer(buyer.heard, buyer.ms) for buyer in buyers]


def _answer(heard: bytes, ms: float) -> Answer:
    head, body = heard.split(b"\r\n\r\n", 1)
    return Answer(int(head.split(b" ")[1]), str(json.loads(body).get("code", "")), ms)


def measured(buyers: int, pieces: int, console: Console) -> dict[str, float]:
    """One run on a market of its own."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="laotie-flash-") as folder:
        Path(folder).chmod(0o755)
        settings = {"LAOTIE_DEMO": "false"}
        with market(Path(folder, "home"), "--language", "en", settings=settings) as site:
            bare.connect(site.database_url)
            url, work = site.root, site.work
            with console.status("Letting the buyers in"), bare.writing():
                offer, people = lay(pieces, buyers)
            host = urlsplit(url).netloc
            rush(url, [asking(host, people[0], offer, "/api/orders/warm")] * 16)  # every thread has woken
            work.settle()
            with console.status("Selling"):
                before, asked = work.seconds(), [asking(host, buyer, offer) for buyer in people]
                answers = rush(url, asked)
                taken = work.seconds() - before
            return judged(offer, answers, buyers, pieces) | {"cpu_s": round(taken, 2)}


def judged(offer: str, answers: list[Answer], buyers: int, pieces: int) -> dict[str, float]:
    """What was answered against what the tables say. Raises SystemExit where an answer was not true."""
    from uuid import UUID

    from laotie.trade.orders import queries as orders

    sold = orders.sold([UUID(offer)])[UUID(offer)]
    told = Counter(answer.code or str(answer.status) for answer in answers)
    if told["201"] != sold or set(told) - GONE - {"201"}:
        raise SystemExit(f"{sold} were sold, and the answers were {dict(told)}")
    times = [answer.ms for answer in answers]
    return {
        "buyers": buyers, "sold": sold, "oversold": max(0, sold - pieces),
        "undersold": max(0, min(pieces, buyers) - sold),
        "p50_ms": round(float(np.percentile(times, 50)), 1), "p99_ms": round(float(np.percentile(times, 99)), 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--buyers", type=int, default=1_000)
    parser.add_argument("--pieces", type=int, default=100)
    asked = parser.parse_args()
    console = Console(stderr=True)
    found = measured(asked.buyers, asked.pieces, console)
    table = Table(*found, title=f"{asked.buyers:,} buyers of {asked.pieces} pieces at one moment")
    table.add_row(*(f"{figure:,}" for figure in found.values()))
    Console().print(table)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
