"""One sku, 10,000 pieces, 64 buyers at once: orders a second through the action that the page calls, and not one
too many or too few. The peer, django-oscar, places the same orders on the same PostgreSQL in the same run.

    python -m benchmarks.hot_sku [--stock 10000] [--buyers 64] [--peer-stock 1500]

`fsync` and `synchronous_commit` are on. Buyers are threads of two processes, as many as there are cores, with the
pool of the web server; client and PostgreSQL share the machine. Each buyer orders one piece at a time until he has
been told "sold out" three times.
"""

import argparse
import json
import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.table import Table

from benchmarks.one_thing import OneThing, lay
from laotie.runtime import bare

PROCESSES = 2
PRICE = 990  # minor units
REFUSALS = 3  # how often a buyer is told "sold out" before he believes it


def crowd(url: str, hot: OneThing, share: int, start: Barrier, answers: "Queue[tuple[int, float, float]]") -> None:
    """One process's share of the buyers; answers with (orders placed, first start, last order) on a shared clock."""
    bare.connect(url)
    people = hot.buyers[share::PROCESSES]
    counts: list[tuple[int, float]] = []
    with bare.request():
        bare.show("fsync")
    start.wait()
    began = time.monotonic()
    threads = [threading.Thread(target=lambda who=who: counts.append(shop_on(hot, who))) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put((sum(count for count, _ in counts), began, max(last for _, last in counts)))


def shop_on(hot: OneThing, who: tuple[UUID, UUID]) -> tuple[int, float]:
    """Order one at a time until it is sold out; how many, and when the last one was had."""
    from laotie.kit.money import Money
    from laotie.trade.orders import actions
    from laotie.trade.orders.contracts import Wanted
    from laotie.trade.orders.errors import SoldOut

    account_id, address_id = who
    wanted = [Wanted(hot.offer, 1, Money(hot.price_minor, "CNY"))]
    had, refused, last = 0, 0, 0.0
    while refused < REFUSALS:
        try:
            with bare.request():
                actions.place(account_id, wanted, address_id, f"hot-{had}-{refused}")
            had, last = had + 1, time.monotonic()
        except SoldOut:
            refused += 1
    return had, last


def ours(url: str, stock: int, buyers: int) -> dict[str, float]:
    """Orders a second, and what the tables say afterwards."""
    from laotie.goods.stock import queries as goods_stock
    from laotie.trade.orders import queries as orders

    hot = lay(PRICE, stock, buyers)
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(PROCESSES), context.Queue()
    crowds = [context.Process(target=crowd, args=(url, hot, share, start, answers)) for share in range(PROCESSES)]
    for process in crowds:
        process.start()
    told = [answers.get() for _ in crowds]
    for process in crowds:
        process.join()
    seconds = max(last for _, _, last in told) - min(began for _, began, _ in told)
    sold, left = orders.sold([hot.offer])[hot.offer], goods_stock.available([hot.offer])[hot.offer]
    placed = sum(count for count, _, _ in told)
    if placed != sold:
        raise SystemExit(f"{placed} orders were answered for, {sold} stand in the tables")
    return {
        "orders_per_s": round(placed / seconds, 1), "oversold": max(0, sold - stock),
        "undersold": max(0, stock - sold), "left": left,
    }  # fmt: skip


def peer(url: str, stock: int, buyers: int) -> dict[str, float]:
    """django-oscar in a process of its own, with its own settings, on the same PostgreSQL."""
    script = Path(__file__).parent / "peers" / "django_oscar.py"
    command = [sys.executable, str(script), url, str(stock), str(buyers), str(PROCESSES)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the peer failed:\n{done.stderr[-3000:]}")
    answer: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stock", type=int, default=10_000)
    parser.add_argument("--buyers", type=int, default=64)
    parser.add_argument("--peer-stock", type=int, default=1_500, help="fewer, since the peer is slower")
    parser.add_argument("--no-peer", action="store_true")
    asked = parser.parse_args()
    console = Console(stderr=True)
    with bare.new_database(durable=True) as url:
        bare.connect(url)
        with console.status("Laying the tables"):
            bare.migrate()
        durable = bare.show("fsync", "synchronous_commit", "full_page_writes", "server_version")
        print("SHOW", durable)
        if (durable["fsync"], durable["synchronous_commit"]) != ("on", "on"):
            raise SystemExit("PostgreSQL is not durable")
        with console.status("Selling out"):
            mine = ours(url, asked.stock, asked.buyers)
        console.print(f"laotie: {mine['orders_per_s']} orders a second")
        with console.status("django-oscar selling out"):
            theirs = {} if asked.no_peer else peer(url, asked.peer_stock, asked.buyers)
    print_table(mine, theirs, asked.stock, asked.peer_stock)
    print(json.dumps({
        "orders_per_s": mine["orders_per_s"], "oversold": mine["oversold"], "undersold": mine["undersold"],
        "peer": "django-oscar", "peer_orders_per_s": theirs.get("orders_per_s"),
        "peer_oversold": theirs.get("oversold"), "peer_undersold": theirs.get("undersold"),
    }))  # fmt: skip


def print_table(mine: dict[str, float], theirs: dict[str, float], stock: int, peer_stock: int) -> None:
    table = Table("", "stock", "orders/s", "oversold", "undersold", title="One hot sku, durable PostgreSQL")
    show: Callable[[dict[str, float], str], str] = lambda found, name: str(found.get(name, "–"))  # noqa: E731
    for name, found, pieces in (("laotie", mine, stock), ("django-oscar", theirs, peer_stock)):
        table.add_row(name, str(pieces), show(found, "orders_per_s"), show(found, "oversold"), show(found, "undersold"))
    Console().print(table)


if __name__ == "__main__":
    main()
