"""Judge an archive line by line: what is bad goes into the rejects with its reason, the rest is typed and stands.

A row that leans on a rejected one is rejected too and says so, as long as anything changes (`_cascade`). Sums are
DuckDB's; the rules are in `rules`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from laotie.stream.archive import rules
from laotie.stream.archive.errors import BadArchive
from laotie.stream.archive.reading import LINE, Raw, read_table
from laotie.stream.archive.rules import Rule
from laotie.stream.archive.sheet import Sheet, read_sheet
from laotie.stream.archive.sums import connect
from laotie.stream.archive.tables import TABLES, Table

FRESH = "not exists (from rejects r where r.\"table\" = '{table}' and r.line = t._line)"  # among rows that stand so far

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Archive:
    """A judged archive. `tables` holds the rows that stand, typed: times are UTC, money is minor units.

    `rejects` has table, line, key, column, value, reason and source (the line it was converted from), one row a
    reason. `read` counts rows of the files; `notes` are things worth saying that rejected nothing.
    """

    folder: Path
    sheet: Sheet
    tables: dict[str, pa.Table]
    rejects: pa.Table
    read: dict[str, int]
    notes: list[str] = field(default_factory=list)

    def rejected(self, table: str) -> int:
        """Rows of `table` that did not stand; a row with two reasons counts once."""
        return self.read[table] - int(self.tables[table].num_rows)


def check(folder: Path, step: Step = lambda words: None) -> Archive:
    """Read and judge the archive in `folder`. `step` is told what is being done. Raises BadArchive."""
    if not folder.is_dir():
        raise BadArchive(path=folder, reason="there is no such folder")
    sheet = read_sheet(folder)
    with connect(sheet.time_zone) as database:
        judge = Judge(database, sheet)
        for table in TABLES:
            step(f"reading {table.name}")
            judge.admit(folder, table)
        for table in TABLES:
            step(f"checking {table.name}")
            judge.judge(table)
        step("following what leans on rejected lines")
        judge.cascade()
        return judge.archive(folder)


def _headless(table: str, column: str, there: list[str]) -> str:
    """What to do where a required column is missing: as a rule, the file begins without its header."""
    found = ", ".join(name for name in there if name != LINE)[:80]
    return (
        f"{table} has no column {column}: line 1 of {table}.csv must name the columns and reads “{found}”. "
        "Put the header of docs/archive.md there"
    )


class Judge:
    """One judgement: the archive's tables in a DuckDB, and the rejects growing beside them."""

    def __init__(self, database: duckdb.DuckDBPyConnection, sheet: Sheet) -> None:
        self.database, self.sheet = database, sheet
        self.read: dict[str, int] = {}
        self.notes: list[str] = []
        database.execute('create table rejects ("table" text, line bigint, key text, "column" text, value text, '
                         "reason text, source text)")  # fmt: skip

    def admit(self, folder: Path, table: Table) -> None:
        """Bring one table in: text and values side by side. Raises BadArchive where a needed one is not whole."""
        raw = read_table(folder, table.name)
        if raw is None and table.required:
            raise BadArchive(path=folder, reason=f"it has no {table.name}.csv or {table.name}.parquet")
        raw = raw or Raw(pa.table({LINE: pa.array([], pa.int64())}))
        self.read[table.name] = raw.rows
        self._columns_known(folder, table, raw)
        self.database.register("incoming", raw.table)
        self.database.execute(f"create table {table.name} as {self._typed(table, raw.table.column_names)}")
        self.database.execute(f"create view good_{table.name} as from {table.name} t where not exists (from rejects r "
                              f"where r.\"table\" = '{table.name}' and r.line = t._line)")  # fmt: skip
        self.database.unregister("incoming")
        for bad in raw.malformed:
            self.database.execute("insert into rejects values (?, ?, null, null, null, ?, null)",
                                  [table.name, bad.line, bad.reason])  # fmt: skip

    def judge(self, table: Table) -> None:
        """Every rule that looks at the rows as they were written."""
        self._reject_values(table)
        for columns in ((table.key,), *rules.ONCE.get(table.name, ())):
            self._reject(table.name, rules.duplicate(table, columns, folded=columns == ("email",)))
        for column in table.references():
            self._reject(table.name, rules.nothing_named(column))
        for rule in rules.ROW_RULES.get(table.name, ()):
            self._reject(table.name, rule)

    def cascade(self) -> None:
        """Reject what leans on the rejected until nothing changes."""
        self._reject("categories", rules.CATEGORY, FRESH)
        before = -1
        while before < (before := self._rejects()):
            for table in TABLES:
                for column in table.references():
                    self._reject(table.name, rules.leaning(column), FRESH)
            self._reject("payments", rules.PAYMENT, FRESH)
            for rule in rules.UPWARD:
                self._reject("orders", rule, FRESH)

    def archive(self, folder: Path) -> Archive:
        """What stands, typed and in the files' order, and what does not."""
        self.database.execute("set TimeZone = 'UTC'")
        tables = {table.name: self._standing(table) for table in TABLES}
        order = ", ".join(f"when '{table.name}' then {place}" for place, table in enumerate(TABLES)).replace(",", "")
        rejects = self._fetch(f'from rejects order by case "table" {order} end, line, "column", reason')
        return Archive(folder, self.sheet, tables, rejects, self.read, self.notes)

    def _columns_known(self, folder: Path, table: Table, raw: Raw) -> None:
        """Raise BadArchive where a required column is not there; note those that nobody reads."""
        there = set(raw.table.column_names)
        for column in table.columns:
            if column.required and raw.rows and column.name not in there:
                raise BadArchive(path=folder, reason=_headless(table.name, column.name, raw.table.column_names))
        known = {column.name for column in table.columns} | {LINE, "source"}
        self.notes += [f"{table.name}: nobody reads the column {name}" for name in sorted(there - known)]

    def _typed(self, table: Table, there: list[str]) -> str:
        """The SQL of a table with text and value of every column, absent ones null."""
        names = [column.name for column in table.columns] + ["source"]
        texts = [f'"{name}"' if name in there else f'cast(null as varchar) as "{name}"' for name in names]
        values = [f"{rules.value(column, self.sheet.exponent)} as v_{column.name}" for column in table.columns]
        return f"select *, {', '.join(values)} from (select {LINE}, {', '.join(texts)} from incoming)"

    def _reject_values(self, table: Table) -> None:
        """The rules of single values, all of a table in one pass: there are too many for a query each."""
        found = ", ".join(
            f"{{c: '{rule.column}', v: t.\"{rule.column}\", r: case when {rule.condition} then {rule.said} end}}"
            for column in table.columns
            for rule in rules.column_rules(column, self.sheet.currency)
        )
        self.database.execute(
            f"insert into rejects select '{table.name}', _line, id, f.c, f.v, f.r, source from (select t._line, t.id, "
            f"t.source, unnest(list_filter([{found}], lambda f: f.r is not null)) as f from {table.name} t)"
        )

    def _reject(self, table: str, rule: Rule, among: str = "true") -> None:
        """Write down every row of `table` for which the rule's condition holds."""
        self.database.execute(
            f"insert into rejects select '{table}', t._line, t.id, '{rule.column}', t.\"{rule.column}\", {rule.said}, "
            f"t.source from {table} t where ({rule.condition}) and {among.format(table=table)}"
        )

    def _rejects(self) -> int:
        row = self.database.execute("select count(*) from rejects").fetchone()
        return int(row[0]) if row else 0

    def _standing(self, table: Table) -> pa.Table:
        columns = ", ".join(f'v_{column.name} as "{column.name}"' for column in table.columns)
        return self._fetch(f"select {columns} from good_{table.name} order by _line")

    def _fetch(self, sql: str) -> pa.Table:
        return self.database.sql(sql).to_arrow_table()
