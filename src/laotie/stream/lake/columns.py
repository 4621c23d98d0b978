"""Recorded facts as Arrow tables and back, without losing a field."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pyarrow as pa

from laotie.kit.clock import market_day
from laotie.stream.facts import BadFact, Recorded, arrow_schema, latest
from laotie.stream.facts.contract import RESERVED, declared, field_types
from laotie.stream.facts.json import columns

ORDER = [("occurred_at", "ascending"), ("fact_id", "ascending")]


def to_table(kind: str, facts: Sequence[Recorded], zone: ZoneInfo) -> pa.Table:
    """The facts, all of `kind`, in the lake's columns and the lake's order."""
    rows = [_row(fact, zone) for fact in facts]
    schema = arrow_schema(kind)
    arrays = [pa.array([row.get(field.name) for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema).sort_by(ORDER)


def to_facts(table: pa.Table) -> Iterator[Recorded]:
    """What `to_table` was given, in the table's order."""
    for batch in table.to_batches(max_chunksize=1000):
        yield from map(_recorded, batch.to_pylist())


def _row(fact: Recorded, zone: ZoneInfo) -> dict[str, Any]:
    own, rest = _fit(fact)
    return own | {
        "fact_id": str(fact.fact_id),
        "kind": fact.kind,
        "version": fact.version,
        "occurred_at": fact.occurred_at,
        "recorded_at": fact.recorded_at,
        "day": market_day(fact.occurred_at, zone),
        "rest": json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else None,
    }


def _fit(fact: Recorded) -> tuple[dict[str, Any], dict[str, Any]]:
    """(columns, what fits in none). A body that breaks its contract is kept whole: the lake judges nobody."""
    known = declared(fact.kind, fact.version) or latest(fact.kind)
    if known is None:
        return {}, fact.body
    try:
        own = columns(known, fact.body)
    except BadFact:
        return {}, fact.body
    return own, {name: value for name, value in fact.body.items() if name not in own}


def _recorded(row: dict[str, Any]) -> Recorded:
    return Recorded(
        UUID(row["fact_id"]), row["kind"], row["version"], row["occurred_at"], row["recorded_at"],
        {name: _json(row[name]) for name in _own(row)} | json.loads(row["rest"] or "{}"),
    )  # fmt: skip


def _own(row: dict[str, Any]) -> Iterable[str]:
    """The fields of the body that have columns. Where nobody here declares the kind, whatever columns are filled."""
    known = declared(row["kind"], row["version"])
    if known:
        return field_types(known)
    return [name for name, value in row.items() if value is not None and name not in RESERVED]


def _json(value: Any) -> Any:
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, datetime | date) else value
