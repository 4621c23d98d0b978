"""How fast the pages are, and how many statements they take: home, category, product, shop, search and cart of a
market with Olist's history in it, over HTTP, with 8 visitors at once who do not pause. The peer, django-oscar, shows
as many products on the same PostgreSQL behind as many processes of the same server, in the same run.

    python -m benchmarks.pages [--data DIR] [--home DIR] [--url URL] [--visitors 8] [--visits 1000] [--no-peer]

Without --url the whole market is started (`laotie up`: granian, PostgreSQL, NATS, workers) in --home, where Olist is
imported once; what a start leaves to do is waited for. Visitors carry a session and have three lines in their cart;
each visit of a page is another category, product, shop or search where there are others. The visitors share the machine
with the market. Statements are counted by the market itself, session and slots included: the header X-Statements says
how many, the table how many at most. With a --url the market must have been started with LAOTIE_COUNT_STATEMENTS=1.
Milliseconds of a core (`cpu_ms`) are those of all processes of the market and of the visitors, for one page; on a
machine that others use, too, they are what can be compared. They are not known with a --url.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.olist_market import DATA, market
from benchmarks.running_market import PATIENCE, Site
from benchmarks.visitor import Visitor, get_json
from benchmarks.work import Work
from laotie.runtime.processes import ports
from laotie.runtime.programs import WEB_THREADS, WEB_WORKERS

WORDS = ("watch", "bed bath", "furniture", "garden tools", "baby", "perfume", "telephony", "auto", "sport", "toyz")
SAMPLE = 120  # products and shops to choose from
IN_CART = 3
Result = dict[str, dict[str, float]]
TARGET_MS, TARGET_STATEMENTS = 100.0, 12


@dataclass
class Figures:
    """What one kind of page took: milliseconds and statements, visit by visit."""

    times: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    cpu_s: float = 0.0

    def summary(self) -> dict[str, float]:
        return {
            "cpu_ms": round(1000 * self.cpu_s / len(self.times), 1),
            "p50_ms": round(float(np.percentile(self.times, 50)), 1),
            "p95_ms": round(float(np.percentile(self.times, 95)), 1),
            "statements": max(self.statements),
        }


@contextmanager
def peer(beside: Site, products: int, console: Console) -> Iterator[tuple[Site, dict[str, list[str]]]]:
    """django-oscar with as many products on the same PostgreSQL, and the addresses of its pages."""
    console.print("laying django-oscar's catalogue …")
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.peers.oscar_pages", beside.database_url, str(products)]
    laid = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]
    port = ports.first_free(18900)
    served = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(WEB_WORKERS),
        "--blocking-threads", str(WEB_THREADS), "--no-ws", "--log-level", "error",
        "benchmarks.peers.oscar_pages:application",
    ]  # fmt: skip
    running = subprocess.Popen(served, env=os.environ | {"OSCAR_DATABASE_URL": beside.database_url})
    try:
        until_open(port, running)
        yield Site(f"http://127.0.0.1:{port}", (running.pid, *beside.pids)), json.loads(laid)
    finally:
        running.terminate()
        running.wait(60)


def until_open(port: int, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while ports.is_free(port):
        if time.monotonic() > deadline or running.poll() is not None:
            raise SystemExit("django-oscar did not start.")
        time.sleep(0.2)


def addresses(root: str) -> dict[str, list[str]]:
    """Addresses of each kind of page, found through the market's own REST."""
    roots = get_json(root, "/api/shelf/categories")
    nodes = [node for one in roots for node in (one, *one["below"])]
    counted = get_json(root, "/api/shelf/search?size=1")
    stocked = {count["key"] for count in counted["categories"]}
    goods = get_json(root, "/api/shelf/search?sort=popular&size=60&in_stock=true")["goods"]
    goods += get_json(root, "/api/shelf/search?sort=newest&size=60&in_stock=true")["goods"]
    slugs = [_slug(root, goods_of_one["id"]) for goods_of_one in goods[:20]]
    return {
        "home": ["/"],
        "category": [f"/c/{node['slug']}" for node in nodes if node["slug"] in stocked],
        "product": [f"/p/{one['id']}" for one in goods[:SAMPLE]],
        "shop": [f"/s/{slug}" for slug in dict.fromkeys(slugs)],
        "search": [f"/search?q={words.replace(' ', '+')}" for words in WORDS],
        "cart": ["/cart"],
    }


def _slug(root: str, product_id: str) -> str:
    return str(get_json(root, f"/api/shelf/products/{product_id}")["shop_slug"])


def visit(visitor: Visitor, paths: list[str], visits: int, figures: Figures, gate: threading.Barrier) -> None:
    """One visitor's share of a kind of page."""
    gate.wait()
    for number in range(visits):
        path = paths[(number * 7 + visitor.number) % len(paths)]
        taken, statements = visitor.look(path)
        figures.times.append(taken)
        figures.statements.append(statements)


def measure(visitors: list[Visitor], paths: list[str], visits: int, server: Work) -> Figures:
    """All visitors at once on one kind of page; a first round, not counted, warms the processes up."""
    for figures, rounds in ((Figures(), max(2, visits // 10)), (measured := Figures(), visits)):
        before = server.seconds()
        gate = threading.Barrier(len(visitors))
        share = -(-rounds // len(visitors))
        threads = [threading.Thread(target=visit, args=(one, paths, share, figures, gate)) for one in visitors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        figures.cpu_s = server.seconds() - before
    return measured


def main() -> None:
    options = parsed()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="laotie-pages-") as folder:
        home = options.home or Path(folder)
        if options.url:
            result, peers = run(Site(options.url.rstrip("/")), options), {}
        else:
            with market(home.absolute(), options.data, console) as site:
                site.work.settle()
                result = run(site, options)
                peers = run_peer(site, options, console) if options.peer else {}
    console.print(table(result, f"{options.visitors} visitors at once"))
    if peers:
        console.print(table(peers, "django-oscar"))
    ratios = {kind: round(peers[kind]["p50_ms"] / result[kind]["p50_ms"], 2) for kind in peers}
    print(json.dumps({"visitors": options.visitors, "pages": result, "peer": peers, "peer_p50_ratio": ratios}))


def run(site: Site, options: argparse.Namespace, kinds: dict[str, list[str]] | None = None) -> Result:
    """Every kind of page, one after the other, by visitors with something in their carts."""
    kinds = kinds or addresses(site.root)
    visitors = [Visitor(site.root, number) for number in range(options.visitors)]
    for visitor in visitors:
        for path in kinds["product"][visitor.number * IN_CART :][:IN_CART]:
            visitor.put_into_cart(path)
    return {kind: measure(visitors, paths, options.visits, site.work).summary() for kind, paths in kinds.items()}


def run_peer(site: Site, options: argparse.Namespace, console: Console) -> Result:
    """The same of django-oscar, half as often: it takes its time."""
    products = int(get_json(site.root, "/api/shelf/search?size=1")["total"])
    options.visits = max(options.visitors, options.visits // 2)
    with peer(site, products, console) as (shop, kinds):
        return run(shop, options, kinds)


def table(result: Result, title: str) -> Table:
    drawn = Table("page", "p50 ms", "p95 ms", "cpu ms", "statements", title=title)
    for kind, figures in result.items():
        good = figures["p95_ms"] <= TARGET_MS and figures["statements"] <= TARGET_STATEMENTS
        row = [str(figures[name]) for name in ("p50_ms", "p95_ms", "cpu_ms", "statements")]
        drawn.add_row(kind, *row, style="" if good else "red")
    return drawn


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with Olist's files")
    parser.add_argument("--home", type=Path, help="keep the market here and use it again [a temporary folder]")
    parser.add_argument("--url", help="a market that runs already, with Olist in it")
    parser.add_argument("--visitors", type=int, default=8)
    parser.add_argument(
        "--visits", type=int, default=1000, help="visits of each kind of page, by all visitors together"
    )
    parser.add_argument("--no-peer", dest="peer", action="store_false", help="leave django-oscar out")
    return parser.parse_args()


if __name__ == "__main__":
    main()
