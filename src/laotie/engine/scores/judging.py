"""Which deals a day judges, and what becomes of the pages of those that it judged otherwise than they stand.

Looked at are the lines that new facts are about and those that were due, but not deals that cannot mature yet. What
comes out differently is written, by day; nothing else is.

What deals are is said in Ibis, once, elsewhere; the bookkeeping here is DuckDB's own SQL.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from datetime import date

from ibis.expr.types import Table

from laotie.engine.scores import compiled
from laotie.engine.scores.counting import DEAL, REACH, number, numbered, once
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.metrics import OF_DEALS, REVIEWED
from laotie.engine.scores.pages import Pages
from laotie.engine.scores.rulebook import Cohort

DEALS, TOLD = "deals", "told"  # pages of deals and of late reviews, by day
ASLEEP, OPEN = "asleep", "open"  # of lines that are not due yet: those that cannot mature, by the day they wake; others
OF_ORDERS = ("paid", "shipped", "signed", "cancelled")
OF_LINES = ("complaints", "reviews", "voids")
COLUMNS = ", ".join(DEAL)
NUMBERED = f"{COLUMNS}, nth, creator_nth"
TIMELY = ", ".join(  # a review that came after maturing is of its own day, and so are its flags
    f"CASE WHEN review_day > day THEN NULL ELSE {name} END AS {name}" if name in (*REVIEWED, "review_day") else name
    for name in DEAL
)
REVIEW = ", ".join(f"NULL::TINYINT AS {name}" if name in OF_DEALS and name not in REVIEWED else name for name in DEAL)


class Judging:
    """One day's looking at deals. Temporary tables are the connection's, whose only user it is meanwhile."""

    def __init__(self, pages: Pages, rule: Cohort) -> None:
        self.pages, self.rule = pages, rule

    def ask(self, facts: Facts, aside: Executor) -> Future[str]:
        """How deals are judged, put into SQL `aside`, while lines are looked for."""
        return aside.submit(compiled.judged, compiled.columns(_tables(facts)), facts.absent, self.rule)

    def look(self, facts: Facts, touched: Table, day: date, asked: Future[str]) -> int:
        """`looked`: the lines that facts came in about and those due, but for those asleep; `judged`: the deals that
        they are, as `asked`. Returns how many lines were looked for: those that fell `asleep` now, too."""
        if self.pages.day is None:
            return self._look_at_all(facts, day, asked)
        tables, lines = _tables(facts), self.pages.query(facts.lines)
        self.pages.hold("news", self.pages.query(touched))  # by itself: an engine is slower at all of it at once
        self.pages.hold("looked", self._told_or_due("news", number(day)))
        found = self.pages.number("SELECT count(*) FROM looked")
        self.pages.hold("named", f"SELECT * FROM ({lines}) SEMI JOIN looked USING (line_id)")
        self.pages.hold("orders", "SELECT DISTINCT order_id FROM named")
        self._see_about(tables, ("paid",), "orders", "order_id")
        self._send_to_sleep("named", facts.paid, day)
        self.pages.hold("looked", "SELECT line_id FROM looked ANTI JOIN asleep USING (line_id)")
        self.pages.see("mine", "SELECT * FROM named ANTI JOIN asleep USING (line_id)")
        self.pages.hold("orders", "SELECT DISTINCT order_id FROM mine")
        self._see_about(tables, OF_ORDERS, "orders", "order_id")
        self._see_about(tables, OF_LINES, "looked", "line_id")
        self.pages.hold("judged", asked.result())
        return found

    def _look_at_all(self, facts: Facts, day: date, asked: Future[str]) -> int:
        """The same of an empty ledger, whose engine need not be told what to leave unread; those asleep among them."""
        for name, table in _tables(facts).items():
            self.pages.see("mine" if name == "lines" else f"about_{name}", self.pages.query(table))
        self._send_to_sleep("mine", facts.paid, day)
        self.pages.hold("judged", asked.result())
        return self.pages.number("SELECT count(*) FROM mine")

    def _send_to_sleep(self, lines: str, paid: Table, day: date) -> None:
        """`asleep`: those of the `lines` that cannot mature by `day`, whatever was said of them."""
        wakes = f"({compiled.waking(paid.schema(), self.rule)})"
        asleep = f"SELECT line_id, wakes FROM {lines} JOIN {wakes} USING (order_id) WHERE wakes > {number(day)}"
        self.pages.hold("asleep", asleep)

    def _told_or_due(self, news: str, last: int) -> str:
        """The lines that facts came in about, but for those that sleep on, and those that are due."""
        asleep = self.pages.sql(ASLEEP, first=last + 1)
        awake = f"ANTI JOIN {asleep} USING (line_id)" if asleep else ""
        parts = [f"SELECT line_id FROM {news} {awake}"]
        if waking := self.pages.sql(ASLEEP, last=last):
            parts += [f"SELECT line_id FROM {waking}"]
        if waiting := self.pages.sql(OPEN):
            parts += [f"SELECT line_id FROM {waiting} WHERE due <= {last}"]
        return f"SELECT DISTINCT line_id FROM ({' UNION ALL '.join(parts)})"

    def _see_about(self, tables: Mapping[str, Table], names: Sequence[str], keys: str, key: str) -> None:
        """What tables say of these keys as `about_paid`, `about_shipped` …"""
        bounds = self._bounds(keys, key)
        for name in names:
            rows = f"SELECT * FROM ({self.pages.query(tables[name])}) {bounds}"
            self.pages.see(f"about_{name}", f"SELECT * FROM ({rows}) SEMI JOIN {keys} USING ({key})")

    def _bounds(self, keys: str, key: str) -> str:
        """Between the least and the last of these keys. Keys that are given out in order leave most of a history
        unread: this says so to an engine that would guess otherwise."""
        for name in ("min", "max"):
            self.pages.variable(f"{name}_{key}", f"SELECT {name}({key}) FROM {keys}")
        return f"WHERE {key} BETWEEN getvariable('min_{key}') AND getvariable('max_{key}')"

    def write_deals(self, day: date) -> set[int]:
        """Write the days whose deals came out differently. Returns them."""
        inside = f"day BETWEEN {self.oldest(day)} AND {number(day)}"
        self.pages.hold("fresh", f"SELECT {TIMELY} FROM judged WHERE {inside}")
        page = self.pages.sql(DEALS, self.oldest(day), number(day))
        if page is None:
            every = self.pages.query(numbered(self.pages.held("fresh"), self.rule.windows))
            return self.pages.write(DEALS, f"SELECT {NUMBERED} FROM ({every})", "day")
        self.pages.hold("before", f"SELECT {COLUMNS} FROM {page} SEMI JOIN looked USING (line_id)")
        met = "SELECT * FROM fresh SEMI JOIN before USING (line_id) EXCEPT SELECT * FROM before"
        self.pages.hold("added", f"SELECT * FROM fresh ANTI JOIN before USING (line_id) UNION ALL ({met})")
        self.pages.hold("gone", "SELECT * FROM before EXCEPT SELECT * FROM fresh")
        days = self.pages.numbers("SELECT day FROM added UNION SELECT day FROM gone")
        if not days:
            self.pages.hold("leaving", "SELECT line_id FROM gone")
            return set()
        self._renumber(min(days), max(days))
        return self._rewrite(DEALS, "day")

    def _renumber(self, first: int, last: int) -> None:
        """`rows`: the deals added in the days first … last with their numbers, and those of the same buyers that have
        another number now. Nothing before these days has, nor what comes more than the longest window after them."""
        around = self.rule.windows[-1] - 1
        page = self.pages.sql(DEALS, first, last + around)
        none = f"(SELECT {COLUMNS}, NULL::BIGINT AS nth, NULL::BIGINT AS creator_nth FROM added WHERE false)"
        kept = f"SELECT * FROM {page or none} ANTI JOIN gone USING (line_id)"
        self._hold_near(kept, self.pages.sql(DEALS, first - around, first - 1))
        for name, seller in (("nth", "shop_id"), ("creator_nth", "creator_id")):
            pairs = f"SELECT buyer, {seller} FROM added UNION SELECT buyer, {seller} FROM gone"
            needed = f"line_id, buyer, {seller}, day, matured_at"
            self.pages.hold("met", f"""SELECT {needed}, {name} AS was FROM near
                                       SEMI JOIN ({pairs}) USING (buyer, {seller})
                                       UNION ALL SELECT {needed}, NULL FROM added""")  # fmt: skip
            by_number = compiled.numbered(seller, name, self.rule.windows)
            self.pages.hold(f"new_{name}", f"""SELECT line_id, {name} AS now_{name} FROM ({by_number})
                                               WHERE day >= {first} AND was IS DISTINCT FROM {name}""")  # fmt: skip
        alone = once(self.rule.windows)
        moved = "SELECT line_id FROM new_nth UNION SELECT line_id FROM new_creator_nth EXCEPT SELECT line_id FROM added"
        self.pages.hold("moved", moved)
        known = f"""SELECT {COLUMNS}, nth, creator_nth, coalesce(now_nth, nth, {alone}) AS now_nth,
                    coalesce(now_creator_nth, creator_nth, {alone}) AS now_creator_nth
                    FROM (SELECT {COLUMNS}, NULL::BIGINT AS nth, NULL::BIGINT AS creator_nth FROM added
                          UNION ALL SELECT {NUMBERED} FROM ({kept}) SEMI JOIN moved USING (line_id))
                    LEFT JOIN new_nth USING (line_id) LEFT JOIN new_creator_nth USING (line_id)"""
        self.pages.hold(
            "rows",
            f"""SELECT {COLUMNS}, now_nth::BIGINT AS nth, now_creator_nth::BIGINT AS creator_nth
            FROM ({known}) WHERE nth IS DISTINCT FROM now_nth OR creator_nth IS DISTINCT FROM now_creator_nth""",
        )
        self.pages.hold("leaving", "SELECT line_id FROM gone UNION SELECT line_id FROM moved")

    def _hold_near(self, kept: str, earlier: str | None) -> None:
        """`near`: the deals of the buyers whose deals came or went, of those `kept` and those `earlier`. Of the latter
        only the days are read, which come before every moment of the others': they are counted, but not numbered."""
        whose = "SELECT buyer FROM added UNION SELECT buyer FROM gone"
        needed = "buyer, shop_id, creator_id, day, line_id, matured_at, nth, creator_nth"
        parts = [f"SELECT {needed} FROM ({kept}) SEMI JOIN ({whose}) USING (buyer)"]
        if earlier:
            began = "buyer, shop_id, creator_id, day, epoch_ms(day * 86400000::BIGINT) AS matured_at"
            parts += [f"SELECT {began} FROM {earlier} SEMI JOIN ({whose}) USING (buyer)"]
        self.pages.hold("near", " UNION ALL BY NAME ".join(parts))

    def write_told(self, day: date) -> set[int]:
        """The same for late reviews: deals of which only the review counts, on the day on which it was written."""
        last, oldest = number(day), self.oldest(day)
        numbers, page = self.pages.sql(DEALS, oldest, last), self.pages.sql(TOLD, oldest, last)
        if numbers is None:
            return set()
        late = f"SELECT {REVIEW} FROM judged WHERE review_day > day AND review_day <= {last} AND day >= {oldest}"
        told = f"SELECT {NUMBERED} FROM ({{}}) JOIN (SELECT line_id, nth, creator_nth FROM {numbers}) USING (line_id)"
        if page is None:
            return self.pages.write(TOLD, told.format(late), "review_day")
        self.pages.hold("again", "SELECT line_id FROM looked UNION SELECT line_id FROM leaving")
        self.pages.hold("before", f"SELECT {NUMBERED} FROM {page} SEMI JOIN again USING (line_id)")
        kept = f"SELECT {COLUMNS} FROM before ANTI JOIN looked USING (line_id)"
        self.pages.hold("now", told.format(f"{late} UNION ALL {kept}"))
        self.pages.hold("rows", f"SELECT {NUMBERED} FROM now EXCEPT SELECT {NUMBERED} FROM before")
        self.pages.hold("gone", f"SELECT {NUMBERED} FROM before EXCEPT SELECT {NUMBERED} FROM now")
        self.pages.hold("leaving", "SELECT line_id FROM gone")
        return self._rewrite(TOLD, "review_day")

    def _rewrite(self, kind: str, day: str) -> set[int]:
        """Take the lines `leaving`, which are `gone` or among the `rows`, out of their days and put `rows` into theirs.
        Returns the days."""
        days = set(self.pages.numbers(f"SELECT {day} FROM rows UNION SELECT {day} FROM gone"))
        if not days:
            return set()
        around = self.pages.sql_of(kind, days)
        stay = f"UNION ALL SELECT {NUMBERED} FROM {around} ANTI JOIN leaving USING (line_id)" if around else ""
        return self.pages.write(kind, f"SELECT {NUMBERED} FROM rows {stay}", day, days)

    def write_open(self, day: date) -> None:
        """The lines that will mature after `day`, or whose review is to count then, and when to look at them. Before it
        wakes no fact can make a deal mature: it is asleep, and nothing that is said of it is looked at. Most that wait
        are asleep, and are written down once: by the day on which they wake."""
        last, page = number(day), self.pages.sql(OPEN)
        waiting = f"UNION ALL SELECT line_id, due FROM {page} ANTI JOIN looked USING (line_id)" if page else ""
        due = f"""SELECT line_id, day AS due FROM judged ANTI JOIN asleep USING (line_id) WHERE day > {last}
                  UNION ALL SELECT line_id, review_day FROM judged WHERE day <= {last} AND review_day > {last}"""
        self.pages.write(OPEN, f"{due} {waiting}")
        self.pages.add(ASLEEP, "SELECT line_id, wakes FROM asleep", "wakes", last)

    def oldest(self, day: date) -> int:
        """The first day whose deals are kept."""
        return number(day) - REACH * self.rule.windows[-1] + 1


def _tables(facts: Facts) -> dict[str, Table]:
    """What a judgement of deals reads, by name."""
    return {name: getattr(facts, name) for name in ("lines", *OF_ORDERS, *OF_LINES)}
