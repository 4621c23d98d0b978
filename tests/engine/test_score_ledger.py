"""Counts kept day by day are those of a full computation, whatever is recorded late and whenever the ledger began."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laotie.engine.scores import counting, engines, tally
from laotie.engine.scores.deals import Facts, deals
from laotie.engine.scores.ledger import Ledger
from laotie.engine.scores.metrics import OF_DEALS
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.rulebook import published
from laotie.engine.scores.sides import Sides, observations
from laotie.engine.scores.tally import linked, links_of
from tests.engine.test_scores import SCHEMAS

START = datetime(2026, 1, 1, 9)  # noqa: DTZ001 - wall clock
SHORT = {"windows": (3, 6, 9), "half_life": 4, "after_paid": 3, "after_signed": 2, "unsigned": 3, "carriage": 2}
RULE = replace(published().cohort, enough=2, **SHORT)  # half-lives pass, and a gap may be longer than one
NIGHTS = 11
METRICS = dict.fromkeys(("shop", "product", "creator"), OF_DEALS)
LINE = SCHEMAS["lines"] | {"creator_id": "string", "value": "int64"}

event = st.tuples(st.integers(0, 12), st.integers(0, 6) | st.just(0))  # (hours-ish after the placing, nights late)
history = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.integers(0, 7),
            "shop": st.sampled_from("ab"),
            "creator": st.sampled_from(["x", "y", None]),
            "buyer": st.sampled_from(["m", "n", None]),
            "late": st.integers(0, 5),
            "shipped": st.none() | event,
            "signed": st.none() | event,
            "cancelled": st.none() | st.tuples(event, st.sampled_from(["seller", "buyer"])),
            "complained": st.none() | st.tuples(event, st.sampled_from(["quality", "service"])),
            "reviewed": st.none() | st.tuples(event, st.integers(1, 5)),
            "voided": st.none() | event,
        }
    ),
    min_size=1,
    max_size=14,
)


def facts_of(deals_):
    """Rows of every table, each with the night from which it is known."""
    rows = {name: [] for name in SCHEMAS}
    for number, deal in enumerate(deals_):
        key, at = f"l{number}", START + timedelta(days=deal["day"], minutes=number)

        def add(table, what, *columns, key=key, at=at):
            if what is not None:
                when = at + timedelta(hours=7 * what[0])
                rows[table].append((max((when - START).days, 0) + what[1], (key, when, *columns)))

        promised = (at + timedelta(days=1), at + timedelta(days=2))
        placed = (key, key, deal["shop"], f"{deal['shop']}-p", "cat", deal["buyer"], at, deal["creator"], number)
        rows["lines"].append((deal["day"] + deal["late"], placed))
        rows["paid"].append((deal["day"] + deal["late"], (key, at, *promised)))
        add("shipped", deal["shipped"])
        add("signed", deal["signed"])
        for table, name in (("cancelled", "cancelled"), ("complaints", "complained"), ("reviews", "reviewed")):
            if deal[name]:
                add(table, deal[name][0], deal[name][1])
        if deal["voided"]:
            rows["voids"].append((deal["day"] + sum(deal["voided"]), (key,)))
    return rows


def known(engine, rows, until):
    """What is known in a night; in two of three prices are compared, too, so that creators' goods are asked for."""
    tables = {}
    for name, schema in SCHEMAS.items():
        columns = LINE if name == "lines" else schema
        values = [dict(zip(columns, row, strict=True)) for night, row in rows[name] if night <= until]
        engine.con.register(name, pa.Table.from_pylist(values, schema=ibis.schema(columns).to_pyarrow()))
        tables[name] = engine.table(name)
    compared = ibis.schema({"product_id": "string", "points": "float64", "n": "int64"}).to_pyarrow().empty_table()
    prices = engines.given(engine, "prices", compared) if until % 3 else None
    return Facts(**tables, sides=Sides(price_index=prices))


def touched(engine, rows, since, until):
    keys = sorted({row[0] for found in rows.values() for night, row in found if since < night <= until})
    engine.con.register("touched", pa.table({"line_id": pa.array(keys, pa.string())}))
    return engine.table("touched")


def as_rows(counts):
    """All whole numbers of counts, by what they are of."""
    found = {
        str(name): [part[k][:, row].tolist() for part in (counts.plain, counts.weighted) for k in sorted(part)]
        for row, name in enumerate(counts.names)
    }
    return found, as_pairs(counts.categories)


def as_pairs(pairs):
    found = zip(pairs.row, pairs.other, pairs.deals, pairs.net, strict=True) if pairs else ()
    return [(str(pairs.names[r]), str(pairs.others[o]), int(d), int(n)) for r, o, d, n in found]


def in_full(facts, day, days=0):
    cohort, then = counting.cohort(deals(facts, RULE), day, RULE), counting.number(day) + days
    found = {kind: as_rows(tally.counted(cohort, kind, RULE, OF_DEALS, then)) for kind in METRICS}
    sold = cohort.filter(cohort.age < RULE.windows[-1])
    links = {kind: as_pairs(links_of(linked(sold, kind).to_pyarrow())) for kind in ("shop", "creator")}
    engines.dropped(cohort)
    return found, links


@given(history, st.sets(st.integers(0, NIGHTS - 1), min_size=6))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_ledger_counts_what_a_full_computation_counts(tmp_path_factory, deals_, missed):
    rows, folder = facts_of(deals_), tmp_path_factory.mktemp("ledger")
    since = -1
    with engines.engine() as engine:
        for night in range(NIGHTS):
            if night in missed and night < NIGHTS - 1:  # a night without power: the next one makes it up
                continue
            day = (START + timedelta(days=night)).date()
            facts = known(engine, rows, night)
            ledger = Ledger(Pages(folder, engine), RULE, METRICS)
            ledger.refresh(facts, touched(engine, rows, since, night), day)
            since = night
            counts, links = in_full(facts, day)
            assert {kind: as_rows(ledger.counts(kind)) for kind in METRICS} == counts
            older = {kind: as_rows(ledger.counts(kind, 5)) for kind in METRICS}
            assert older == in_full(facts, day, 5)[0]
            assert {kind: as_pairs(ledger.links(kind)) for kind in links} == links


def test_only_the_days_that_late_facts_are_about_are_counted_again(tmp_path):
    deal = dict.fromkeys(("creator", "buyer", "cancelled", "complained", "reviewed", "voided"))
    made = [deal | {"day": day, "shop": "a", "late": 0, "shipped": (1, 0), "signed": (3, 0)} for day in range(4)]
    made[1] |= {"complained": ((4, 7), "quality")}  # known seven nights late
    rows = facts_of(made)
    with engines.engine() as engine:
        ledger = Ledger(Pages(tmp_path, engine), RULE, METRICS)
        ledger.refresh(known(engine, rows, 7), touched(engine, rows, -1, 7), date(2026, 1, 8))
        again = ledger.refresh(known(engine, rows, 9), touched(engine, rows, 7, 9), date(2026, 1, 10))
        assert (again.lines, again.days) == (1, (date(2026, 1, 5),))
        assert ledger.refresh(known(engine, rows, 9), touched(engine, rows, 9, 9), date(2026, 1, 10)).days == ()


def test_what_is_said_of_a_deal_that_cannot_mature_yet_is_looked_at_when_it_can(tmp_path):
    made = dict.fromkeys(("creator", "buyer", "cancelled", "complained", "reviewed", "voided"))
    made |= {"day": 0, "shop": "a", "late": 0, "shipped": (1, 0), "signed": (5, 0)}  # the second night
    rows = facts_of([made])
    with engines.engine() as engine:
        ledger = Ledger(Pages(tmp_path, engine), RULE, METRICS)
        looked, asleep = [], []
        for night in range(5):
            day = (START + timedelta(days=night)).date()
            found = ledger.refresh(known(engine, rows, night), touched(engine, rows, night - 1, night), day)
            looked.append(found.lines)
            asleep.append(list(ledger.pages.state.files["asleep"]))
            assert as_rows(ledger.counts("shop")) == in_full(known(engine, rows, night), day)[0]["shop"]
        assert looked == [1, 0, 0, 1, 0]  # placed; signed, and asleep; asleep; three days after it was paid
        wakes = [str(counting.number(START.date()) + 3)]
        assert asleep == [wakes, wakes, wakes, [], []]  # written down once
        assert ledger.counts("shop").plain["deals"].tolist() == [[1], [1], [1]]


def test_what_brings_no_deal_more_may_still_bring_another_value(tmp_path):
    made = dict.fromkeys(("creator", "buyer", "cancelled", "complained", "reviewed", "voided"))
    made |= {"shop": "a", "late": 0, "shipped": (1, 0), "signed": (3, 0)}
    rows = facts_of([made | {"day": 0}, made | {"day": 9}])  # one leaves the window on the day on which one comes
    with engines.engine() as engine:
        for night in (11, 12):
            day, facts = (START + timedelta(days=night)).date(), known(engine, rows, night)
            ledger = Ledger(Pages(tmp_path, engine), RULE, METRICS)
            ledger.refresh(facts, touched(engine, rows, -1 if night == 11 else 11, night), day)
            assert as_rows(ledger.counts("shop")) == in_full(facts, day)[0]["shop"]
            assert as_pairs(ledger.links("shop")) == in_full(facts, day)[1]["shop"]


BOOK = replace(published(), cohort=RULE)
BESIDE = {kind: tally.side_metrics(BOOK, kind) for kind in METRICS}
TIME = {"at": "timestamp"}
BESIDE_DEALS = {
    "asked": {"talk_id": "string", "shop_id": "string"} | TIME,
    "answered": {"talk_id": "string", "shop_id": "string", "asked_at": "timestamp", "robot": "int8"} | TIME,
    "cases": {"case_id": "string", "shop_id": "string", "product_id": "string", "asked_at": "timestamp",
              "platform": "int8", "lost": "int8"} | TIME,
    "prices": {"offer_id": "string", "shop_id": "string", "price": "int64"} | TIME,
    "shown": {"product_id": "string", "shown": "int64"} | TIME,
    "visits": {"creator_id": "string", "viewer": "string", "bought": "int8"} | TIME,
    "reports": {"creator_id": "string"} | TIME,
}  # fmt: skip


def beside(seed, nights):
    """Facts beside deals of `nights`, each with the night from which it is known: every fifth two nights late."""
    random, rows = np.random.default_rng(seed), {name: [] for name in BESIDE_DEALS}
    for number in range(12 * nights):
        at = START + timedelta(minutes=120 * number)
        late, later = 2 * int(random.random() < 0.2), at + timedelta(seconds=int(random.integers(1, 400)))
        shop, product, creator = (f"{kind}{random.integers(3)}" for kind in "spc")
        night = (at - START).days + late
        rows["asked"].append((night, (shop, shop, at)))
        rows["answered"].append(((later - START).days + late, (shop, shop, at, 0, later)))
        case = (f"k{number}", shop, product, at - timedelta(days=1), int(number % 3 == 0), int(number % 6 == 0), at)
        rows["cases"].append((night, case))
        rows["prices"].append((night, (product, shop, int(random.integers(100, 200)), at)))
        rows["shown"].append((night, (product, int(random.integers(50)), at)))
        rows["visits"].append((night, (creator, f"v{random.integers(4)}", int(random.random() < 0.3), at)))
        rows["reports"].append((night, (creator, at)))
    return rows


def seen_beside(engine, rows, night):
    tables = {}
    for name, columns in BESIDE_DEALS.items():
        values = [dict(zip(columns, row, strict=True)) for since, row in rows[name] if since <= night]
        engine.con.register(name, pa.Table.from_pylist(values, schema=ibis.schema(columns).to_pyarrow()))
        tables[name] = engine.table(name)
    shown = tables.pop("shown")
    return Sides(**tables, exposures=shown.select("product_id", "shown", day=shown["at"].date()))


def as_sides(found):
    return {
        (metric, str(name)): [*sums.plain[:, row].tolist(), *sums.weighted[:, row].tolist()]
        for metric, sums in found.items()
        for row, name in enumerate(sums.names)
    }


def test_what_lies_beside_deals_is_carried_to_what_a_full_computation_counts(tmp_path):
    rows, before = beside(3, 26), -1
    none = facts_of([])
    with engines.engine() as engine:
        for night in (0, 1, 2, 4, 5, 9, 10, 11, 12, 13, 22, 23, 24):  # half-lives pass, and a gap longer than two
            day = (START + timedelta(days=night)).date()
            news = [row[-1] for found in rows.values() for since, row in found if before < since <= night]
            facts = replace(known(engine, none, night), sides=seen_beside(engine, rows, night))
            ledger = Ledger(Pages(tmp_path, engine), RULE, METRICS, BESIDE)
            ledger.refresh(facts, touched(engine, none, -1, night), day, since=min(news).date())
            before, seen = night, observations(facts.sides)
            for kind in METRICS:
                assert as_sides(ledger.sides(kind)) == as_sides(tally.sides_of(seen, kind, day, BOOK)), night
                assert as_sides(ledger.sides(kind, 3)) == as_sides(tally.sides_of(seen, kind, day, BOOK, 3)), night
        assert {metric for kind in METRICS for metric in ledger.sides(kind)} >= {"slow_3s", "close_time", "returns"}


def test_beside_deals_only_days_from_the_first_news_on_are_counted_again(tmp_path):
    rows, none = beside(3, 12), facts_of([])
    with engines.engine() as engine:
        facts = replace(known(engine, none, 9), sides=seen_beside(engine, rows, 9))
        Ledger(Pages(tmp_path, engine), RULE, METRICS, BESIDE).refresh(
            facts, touched(engine, none, -1, 9), (START + timedelta(days=9)).date()
        )
        before = Pages(tmp_path, engine).state.files["observed"]
        facts = replace(facts, sides=seen_beside(engine, rows, 10))
        ledger = Ledger(Pages(tmp_path, engine), RULE, METRICS, BESIDE)
        ledger.refresh(facts, touched(engine, none, 9, 10), date(2026, 1, 11), since=date(2026, 1, 9))
        after = ledger.pages.state.files["observed"]
        first = counting.number(date(2026, 1, 9))
        assert sorted(int(day) for day in after if after[day] != before.get(day)) == [first, first + 1, first + 2]


def test_what_no_longer_stands_goes_when_the_next_night_begins(tmp_path):
    deal = dict.fromkeys(("creator", "buyer", "cancelled", "complained", "reviewed", "voided"))
    rows = facts_of([deal | {"day": 0, "shop": "a", "late": 0, "shipped": (1, 0), "signed": (3, 0)}])
    with engines.engine() as engine:
        stood = [set(), set()]
        for night in range(6, 10):
            ledger = Ledger(Pages(tmp_path, engine), RULE, METRICS)
            (tmp_path / "sums_shop" / "99").mkdir(parents=True, exist_ok=True)
            (tmp_path / "sums_shop" / "99" / "left.npy").touch()  # by a night that was cut off
            ledger.refresh(known(engine, rows, night), touched(engine, rows, night - 1, night), date(2026, 1, night))
            files = ledger.pages.state.files.values()
            stood.append({name for days in files for names in days.values() for name in names})
            there = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*") if path.suffix != ".json"}
            assert there == stood[-1] | stood[-2]
        empty = {path.name for path in tmp_path.glob("*/*") if path.is_dir() and not any(path.iterdir())}
        assert empty <= {f"{ledger.pages.state.number}"}
