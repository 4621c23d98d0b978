"""A thousand orders are placed and paid while every part of the market is killed: none is lost or doubled."""

import itertools
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from laotie.stream.lake.columns import to_facts
from laotie.stream.lake.queries import Snapshot, snapshot
from laotie.stream.lake.store import LocalStore
from tests.faults.buyers import OFFERS, STOCK
from tests.faults.up import PAUSE, Market

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("market")]
CHECKOUTS = 500  # of two shops each: a thousand orders
ORDERS = 2 * CHECKOUTS
KILLS = 10


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    market = Market(tmp_path / "home")
    market.start()
    yield market
    market.stop()


def buyers(market: Market, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.faults.buyers", *arguments]
    done = subprocess.run(command, check=True, env=market.environment, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def orders_in(lake: Snapshot, kind: str) -> Counter[str]:
    return Counter(fact.body["order_id"] for fact in to_facts(lake.read(kind)))


def test_a_thousand_orders_through_kills_of_everything(market: Market, tmp_path: Path):
    people, progress = buyers(market, "setup"), tmp_path / "progress"
    progress.touch()
    command = [sys.executable, "-m", "tests.faults.buyers", market.address, str(CHECKOUTS), json.dumps(people)]
    buying = subprocess.Popen([*command, str(progress)], env=market.environment)
    victims = itertools.cycle(["postgres", "web", "nats", "worker", "recorder"])
    for number, victim in zip(range(1, KILLS + 1), victims, strict=False):
        while progress.stat().st_size < number * CHECKOUTS // (KILLS + 1):
            assert buying.poll() is None
            PAUSE.wait(0.02)
        market.kill(victim)
    assert buying.wait() == 0

    rows = buyers(market, "check", json.dumps(people))
    assert rows["counts"] == {
        "states": {"paid": ORDERS}, "checkouts": CHECKOUTS, "keys": CHECKOUTS,
        "sold": ORDERS, "left": OFFERS * STOCK - ORDERS,
    }  # fmt: skip
    lake = snapshot(LocalStore(market.home / "lake"))
    ours = set(rows["orders"])  # a demo market has others
    while not ours <= set(orders_in(lake, "order.paid")):
        PAUSE.wait(0.2)
        lake = snapshot(LocalStore(market.home / "lake"))
    for kind in ("order.placed", "line.placed", "order.paid"):
        found = {order: count for order, count in orders_in(lake, kind).items() if order in ours}
        assert set(found.values()) == {1}
        assert len(found) == ORDERS
    report = market.run("lake", "verify")
    assert report.returncode == 0, report.stdout + report.stderr
