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
import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.work import Work
from laotie.runtime import bare

MARKET = [sys.executable, "-c", "from laotie.runtime.commands import main; main()"]
PATIENCE = 300.0  # seconds a market may take to its first page
USUAL, FLASH = 5000, 990  # minor units
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


@contextmanager
def market(home: Path) -> Iterator[tuple[str, int]]:
    """A running market: its address and its process id; stopped at the end."""
    log = (home.parent / "market.log").open("wb")
    surroundings = os.environ | {"LAOTIE_DEMO": "false"}
    running = subprocess.Popen(
        [*MARKET, "up", "--home", str(home), "--language", "en"], env=surroundings, stdout=log, stderr=log
    )
    try:
        yield _address(home, running), running.pid
    finally:
        running.terminate()
        running.wait(60)
        log.close()


def _address(home: Path, running: subprocess.Popen[bytes]) -> str:
    note, deadline = home / "run" / "up.json", time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.poll() is None:
        told = json.loads(note.read_text()) if note.exists() else {}
        if told.get("pid") == running.pid and told["address"]:
            return str(told["address"])
        time.sleep(0.2)
    raise SystemExit("The market did not start.")


def _database_url(pid: int) -> str:
    parts = psutil.Process(pid).children()
    return next(url for part in parts if (url := part.environ().get("DATABASE_URL")))


def lay(pieces: int, buyers: int) -> tuple[str, list[Buyer]]:
    """A shop with one product, its flash offer, and buyers, all through actions; the offer's id."""
    from laotie.goods.catalogue import actions as catalogue
    from laotie.goods.listings import actions as listings
    from laotie.goods.listings.contracts import Listing, ListingSku
    from laotie.goods.offers import queries as offers
    from laotie.goods.terms import actions as terms
    from laotie.kit import clock
    from laotie.people.accounts import actions as accounts
    from laotie.people.addresses import actions as addresses
    from laotie.people.merchants import actions as merchants

    owner = accounts.sign_up("owner@example.com", None, "Owner")
    operator = accounts.sign_up("operator@example.com", None, "Operator")
    accounts.make_operator(operator.id)
    shop = merchants.apply(owner.id, "Flash Shop", "One thing only.", "Hangzhou")
    merchants.approve(operator.id, shop.id)
    category = catalogue.add_category("flash", "秒杀", "Flash")
    listing = Listing("Flash thing", category.id, skus=(ListingSku(price_minor=USUAL, stock=buyers + pieces),))
    offer = offers.offers_of_product(listings.list_product(shop.id, listing).id)[0]
    now = clock.now()
    terms.set_timed_price(offer.id, FLASH, now, now + timedelta(hours=1), cap_per_buyer=1, allotment=pieces)
    people = []
    for number in range(buyers):
        account = accounts.sign_up(f"buyer-{number}@example.com", None, f"Buyer {number}")
        place = addresses.add_address(
            account.id, name=account.name, phone="13800000000", region="Zhejiang", city="Hangzhou",
            street="1 West Lake Road",
        )  # fmt: skip
        people.append(Buyer(accounts.make_token(account.id, name="flash", days=1)[1], str(place.id)))
    return str(offer.id), people


def asking(host: str, buyer: Buyer, offer: str, path: str = "/api/orders") -> bytes:
    """The bytes of one buyer's order."""
    line = {"offer_id": offer, "quantity": 1, "agreed_price_minor": FLASH}
    body = json.dumps({"lines": [line], "address_id": buyer.address_id}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {buyer.token}\r\nAccept-Language: en\r\n"
        f"Idempotency-Key: flash\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def rush(url: str, asked: list[bytes]) -> list[Answer]:
    """Everybody connects, then everybody asks; the answers in the order of the buyers."""
    host, port = urlsplit(url).hostname or "127.0.0.1", urlsplit(url).port or 80
    doors = [await asyncio.open_connection(host, port) for _ in asked]
    try:
        return list(await asyncio.gather(*(_ask(*door, words) for door, words in zip(doors, asked, strict=True))))
    finally:
        for _, writer in doors:
            writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, words: bytes) -> Answer:
    began = time.perf_counter()
    writer.write(words)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.split("content-length:")[1].split("\r\n")[0])
    body = json.loads(await reader.readexactly(length))
    return Answer(int(head.split(" ")[1]), str(body.get("code", "")), (time.perf_counter() - began) * 1000)


def measured(buyers: int, pieces: int, console: Console) -> dict[str, float]:
    """One run on a market of its own."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="laotie-flash-") as folder:
        Path(folder).chmod(0o755)
        with market(Path(folder, "home")) as (url, pid):
            bare.connect(_database_url(pid))
            work = Work(pid)
            with console.status("Letting the buyers in"):
                offer, people = lay(pieces, buyers)
            host = urlsplit(url).netloc
            asyncio.run(rush(url, [asking(host, people[0], offer, "/api/orders/warm")] * 16))  # every thread has woken
            with console.status("Selling"):
                before, asked = work.seconds(), [asking(host, buyer, offer) for buyer in people]
                answers = asyncio.run(rush(url, asked))
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
