"""One suite over the engines that count: the same expressions on DuckDB and on Spark, equal to the unit."""

import shutil
from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
import pytest

from laotie.engine.scores import engines, scoring
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.rulebook import published
from laotie.engine.scores.sides import Sides
from tests.engine.test_scores import SCHEMAS

BOOK = published()
START = datetime(2026, 1, 1, 9)  # noqa: DTZ001 - wall clock
DAY = date(2026, 3, 1)
WITHOUT = engines.spark_is_missing()
SLOW = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(WITHOUT), reason=WITHOUT or "Spark is here"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # py4j leaves its sockets to the collector
]
ENGINES = [engines.DUCKDB, pytest.param(engines.SPARK, marks=SLOW)]
SIDES = {
    "products": {"product_id": "string", "shop_id": "string", "category_id": "string"},
    "categories": {"category_id": "string", "parent_id": "string"},
    "asked": {"talk_id": "string", "shop_id": "string", "at": "timestamp"},
    "answered": {"talk_id": "string", "shop_id": "string", "asked_at": "timestamp", "at": "timestamp", "robot": "int8"},
    "cases": {"case_id": "string", "shop_id": "string", "product_id": "string", "asked_at": "timestamp",
              "at": "timestamp", "platform": "int8", "lost": "int8"},
    "prices": {"offer_id": "string", "shop_id": "string", "at": "timestamp", "price": "int64"},
    "stocked": {"product_id": "string", "day": "date", "days": "int64", "out": "int64"},
    "exposures": {"product_id": "string", "day": "date", "shown": "int64"},
    "price_index": {"product_id": "string", "points": "float64", "n": "int64"},
    "information": {"product_id": "string", "points": "float64", "n": "int64"},
    "cards": {"creator_id": "string", "at": "timestamp", "points": "float64"},
    "visits": {"creator_id": "string", "viewer": "string", "at": "timestamp", "bought": "int8"},
    "reports": {"creator_id": "string", "at": "timestamp"},
    "votes": {"creator_id": "string", "at": "timestamp", "false_claim": "int8"},
    "room_questions": {"creator_id": "string", "at": "timestamp", "answered": "int8"},
}  # fmt: skip
LINES = SCHEMAS["lines"] | {"creator_id": "string", "entry": "string", "value": "int64"}
ALL = SCHEMAS | {"lines": LINES, "cancelled": SCHEMAS["cancelled"] | {"reason": "string"}} | SIDES


def drawn(seed=5, count=600):
    """A market of 12 shops, 20 products and 4 creators in which every kind of fact happens."""
    random, rows = np.random.default_rng(seed), {name: [] for name in ALL}
    for n in range(count):
        key, product, at = f"l{n}", int(random.integers(20)), START + timedelta(minutes=int(random.integers(60_000)))
        shop, creator = f"s{product % 12}", f"c{random.integers(4)}" if random.random() < 0.5 else None
        entry = "clip" if creator and random.random() < 0.5 else "search"
        rows["lines"].append((key, f"o{n // 2}", shop, f"p{product}", f"k{product % 3}", f"b{random.integers(40)}", at,
                              creator, entry, int(random.integers(100, 9000))))  # fmt: skip
        if n % 2 == 0:
            order = f"o{n // 2}"
            rows["paid"].append((order, at, at + timedelta(days=2), None if n % 6 == 0 else at + timedelta(days=6)))
            if random.random() < 0.06:
                why = ("seller", "sold_out") if random.random() < 0.5 else ("buyer", "changed")
                rows["cancelled"].append((order, at + timedelta(hours=5), *why))
            else:
                rows["shipped"].append((order, at + timedelta(hours=int(random.integers(5, 70)))))
                if random.random() < 0.97:
                    rows["signed"].append((order, at + timedelta(hours=int(random.integers(60, 200)))))
        if random.random() < 0.15:
            reason = str(random.choice(["quality", "damaged", "not_as_claimed", "service", "changed_mind"]))
            rows["complaints"].append((key, at + timedelta(days=8), reason))
            closed = at + timedelta(days=8, minutes=int(random.integers(1, 20_000)))
            rows["cases"].append(
                (key, shop, f"p{product}", at + timedelta(days=8), closed, int(n % 5 == 0), int(n % 2))
            )
        if random.random() < 0.5:
            days = int(random.integers(3, 40))
            rows["reviews"].append((key, at + timedelta(days=days), int(random.integers(1, 6))))
        if random.random() < 0.01:
            rows["voids"].append((key,))
        if random.random() < 0.3:
            wait = timedelta(seconds=int(random.choice([1, 2, 100, 5000])))
            rows["asked"].append((key, shop, at))
            rows["answered"].append((key, shop, at, at + wait, int(n % 7 == 0)))
            if n % 5 == 0:
                rows["asked"].append((key, shop, at + wait + timedelta(minutes=4)))
        if creator:
            came = (creator, f"b{random.integers(40)}", at, int(random.integers(2)))
            rows["visits"].append(came)
            rows["votes"].append((creator, at, int(n % 9 == 0)))
            rows["cards"].append((creator, at, float(random.integers(4000, 9000)) / 10_000))
            rows["room_questions"].append((creator, at, int(random.integers(2))))
            if n % 11 == 0:
                rows["reports"].append((creator, at))
    for product in range(20):
        rows["products"].append((f"p{product}", f"s{product % 12}", f"k{product % 3}"))
        rows["price_index"].append((f"p{product}", product / 25, 3 if product % 4 else 0))
        rows["information"].append((f"p{product}", product / 20, 1))
        for day in range(50):
            rows["exposures"].append((f"p{product}", (START + timedelta(days=day)).date(), 100 + product * day))
            rows["stocked"].append(
                (f"p{product}", (START + timedelta(days=day)).date(), 1, int(day % (product + 2) == 0))
            )
            rows["prices"].append((f"f{product}", f"s{product % 12}", START + timedelta(days=day), 100 + day * product))
    rows["categories"] += [("k0", "top"), ("k1", "top"), ("k2", None), ("top", None)]
    return rows


def market(connection, rows, day=DAY):
    def table(name):
        schema = ibis.schema(ALL[name]).to_pyarrow()
        values = [dict(zip(ALL[name], row, strict=True)) for row in rows[name]]
        return engines.given(connection, name, pa.Table.from_pylist(values, schema=schema))

    sides = Sides(**{name: table(name) for name in SIDES})
    facts = Facts(**{name: table(name) for name in SCHEMAS}, sides=sides)
    return scoring.counted(facts, day, BOOK)


def plain(tally):
    """All whole numbers of a tally, by what they are of."""
    counts, found = tally.counts, {}
    for row, name in enumerate(counts.names):
        found[name] = [part[key][:, row].tolist() for part in (counts.plain, counts.weighted) for key in sorted(part)]
    found["categories"] = list(zip(*_pairs(counts.categories), strict=True))
    for metric, side in tally.sides.items():
        for row, name in enumerate(side.names):
            found[metric, name] = [int(values[row]) for values in (*side.plain, *side.weighted)]
    found["links"] = list(zip(*_pairs(tally.links), strict=True)) if tally.links else []
    return found


def _pairs(pairs):
    return [each.tolist() for each in (pairs.names[pairs.row], pairs.others[pairs.other], pairs.deals, pairs.net)]


@pytest.fixture(scope="module")
def expected():
    """What DuckDB counts."""
    with engines.engine() as connection:
        found = market(connection, drawn())
        return {kind: plain(tally) for kind, tally in found.tallies.items()}, scoring.scored(found, BOOK)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_counts_the_same_to_the_unit(engine, expected):
    with engines.engine(engine, threads=2) as connection:
        found = market(connection, drawn())
        assert {kind: plain(tally) for kind, tally in found.tallies.items()} == expected[0]
        for kind, scores in scoring.scored(found, BOOK).items():
            assert scores.score.tobytes() == expected[1][kind].score.tobytes()
            assert scores.total.tobytes() == expected[1][kind].total.tobytes()


def test_every_metric_of_the_rulebook_has_facts_here(expected):
    assert {kind: scores.absent for kind, scores in expected[1].items()} == dict.fromkeys(
        ("product", "shop", "creator"), ()
    )


@pytest.mark.skipif(shutil.which("java") is not None, reason="Java is here")
def test_what_is_missing_is_said():
    with pytest.raises(engines.NoSpark, match="Java"), engines.engine(engines.SPARK):
        pass
