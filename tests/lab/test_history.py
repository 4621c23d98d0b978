"""An archive comes in once, whole, with its own times, whatever happens meanwhile."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from laotie.goods.offers import queries as offers
from laotie.goods.stock import queries as stock
from laotie.kit.money import Money
from laotie.lab.history.actions import load
from laotie.lab.history.contracts import Report
from laotie.lab.history.errors import OtherMoney
from laotie.lab.history.ids import past_id
from laotie.people.merchants import queries as merchants
from laotie.stream.archive.checking import Archive, check
from laotie.stream.archive.sheet import Sheet
from laotie.trade.orders import queries as orders
from tests.stream.archive import small


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return check(small.write(tmp_path / "small", small.rows()))


def table_rows(*ignored: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, to see whether anything changed."""
    rooms = ("accounts_account", "merchants_", "catalogue_", "offers_", "stock_", "orders_", "follows_",
             "outbox_outboxrow", "payments_", "reviews_", "refunds_", "talks_", "history_")  # fmt: skip
    names = [name for name in connection.introspection.table_names() if name.startswith(rooms) and name not in ignored]
    rows: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'select * from "{name}" order by 1')
            rows[name] = cursor.fetchall()
    return rows


def facts() -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute("select kind, count(*) from outbox_outboxrow group by kind")
        return Counter(dict(cursor.fetchall()))


def counts(report: Report) -> dict[str, tuple[int, int, int, int]]:
    return {c.table: (c.read, c.rejected, c.loaded, c.already) for c in report.counts}


@pytest.mark.django_db
def test_a_history_comes_in_with_its_own_times_and_sums(archive: Archive) -> None:
    report = load(archive)
    assert counts(report)["orders"] == (2, 0, 2, 0)
    assert counts(report)["lines"] == (3, 0, 3, 0)
    assert [(s.what, s.archive, s.market) for s in report.sums] == [
        ("orders", Money(32130, "CNY"), Money(32130, "CNY")),
        ("payments", Money(32130, "CNY"), Money(32130, "CNY")),
    ]
    shop = merchants.shop_by_slug("pier")
    assert shop.approved_at and shop.approved_at.isoformat() == "2026-01-02T16:00:00+00:00"
    order = orders.order_for(past_id("small", "buyers", "ann"), past_id("small", "orders", "o1"))
    assert (order.state.value, order.total, order.paid) == ("done", Money(25580, "CNY"), Money(25580, "CNY"))
    assert [step.event for step in orders.history(order.id)] == ["place", "pay", "ship", "sign", "finish"]
    offer = past_id("small", "offers", "prawn-s")
    assert offers.offers([offer])[offer].price == Money(6990, "CNY")
    assert stock.available([offer]) == {offer: 5}


@pytest.mark.django_db
def test_its_facts_are_those_of_live_deals_at_the_times_they_happened(archive: Archive) -> None:
    load(archive)
    assert {kind: n for kind, n in facts().items() if kind.split(".")[0] in ("order", "line", "parcel", "product")} == {
        "product.listed": 1, "order.placed": 2, "line.placed": 3, "order.paid": 2, "parcel.shipped": 1,
        "parcel.signed": 1, "order.done": 1,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select occurred_at from outbox_outboxrow where kind = 'parcel.signed'")
        assert cursor.fetchone()[0].isoformat() == "2026-02-03T16:00:00+00:00"


@pytest.mark.django_db
def test_what_the_buyer_was_told_of_the_arrival_is_kept(tmp_path: Path) -> None:
    told = small.rows()
    told["orders"][0]["promised_arrival_at"] = "2026-02-09"
    load(check(small.write(tmp_path / "told", told)))
    with connection.cursor() as cursor:
        cursor.execute(
            "select version, body->>'promised_arrival_at' from outbox_outboxrow where kind = 'order.paid' order by 2"
        )
        assert cursor.fetchall() == [(2, "2026-02-08T16:00:00+00:00"), (2, None)]


@pytest.mark.django_db
def test_a_second_run_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    load(archive)
    before = table_rows()
    again = load(archive)
    assert again.loaded == 0
    assert table_rows() == before
    assert counts(again)["orders"] == (2, 0, 0, 2)
    grown = small.rows()
    grown["follows"].append({"id": "w2", "buyer": "bo", "account": "ann", "started_at": "2026-01-21"})
    report = load(check(small.write(tmp_path / "grown", grown)))
    assert {table: loaded for table, (_, _, loaded, _) in counts(report).items() if loaded} == {"follows": 1}


@pytest.mark.django_db(transaction=True)
def test_a_load_that_is_killed_is_resumed_and_nothing_is_lost_or_doubled(archive: Archive) -> None:
    killed = f"""
import os, signal, django
django.setup()
from pathlib import Path
from laotie.lab.history import actions
from laotie.lab.history.models import Batch
from laotie.stream.archive.checking import check
create = Batch.objects.create
def die_in_the_orders(**row):
    if row["part"].startswith("orders"):
        os.kill(os.getpid(), signal.SIGKILL)  # everything is written, nothing committed
    return create(**row)
Batch.objects.create = die_in_the_orders
actions.load(check(Path({str(archive.folder)!r})))
"""
    url = os.environ["DATABASE_URL"].split("?")
    test_url = url[0].rsplit("/", 1)[0] + "/" + connection.settings_dict["NAME"] + "?" + "?".join(url[1:])
    environment = {**os.environ, "DATABASE_URL": test_url, "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
                   "DJANGO_SETTINGS_MODULE": "laotie.runtime.django"}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", killed], env=environment, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert (facts()["product.listed"], facts()["order.placed"]) == (1, 0)
    report = load(archive)
    assert (counts(report)["products"], counts(report)["orders"]) == ((1, 0, 0, 1), (2, 0, 2, 0))
    assert all(agreement.holds for agreement in report.sums)
    assert facts()["line.placed"] == 3
    assert load(archive).loaded == 0


@pytest.mark.django_db
def test_another_currency_is_taken_at_face_value_unless_its_units_differ(tmp_path: Path) -> None:
    real = Sheet("small", "Small", "BRL", "America/Sao_Paulo", "en")
    assert load(check(small.write(tmp_path / "real", small.rows(), real))).sums[0].market == Money(32130, "CNY")
    rows = small.rows()
    for table, column in (("offers", "price"), ("lines", "unit_price"), ("payments", "amount"), ("refunds", "amount")):
        for row in rows[table]:
            row |= {column: "100", "freight": "", "discount": ""}
    yen = check(small.write(tmp_path / "yen", rows, Sheet("small", "Small", "JPY", "Asia/Tokyo", "en")))
    with pytest.raises(OtherMoney, match="JPY"):
        load(yen)
