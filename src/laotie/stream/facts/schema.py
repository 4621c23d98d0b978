"""The Arrow schema of a fact kind, from the annotations of all its versions.

Every column may be null, so that an older version's file reads with a newer version's schema. `day` is the market
day. `rest` keeps, as JSON, what does not fit: an unknown kind, a field that no class names, a body that breaks its
contract. Nothing is dropped.
"""

from datetime import date, datetime
from uuid import UUID

import pyarrow as pa

from laotie.stream.facts.contract import field_types, versions

MICROSECONDS = pa.timestamp("us", tz="UTC")
TYPES: dict[type, pa.DataType] = {
    UUID: pa.string(),  # hyphenated: sorts as its bytes do, and every engine reads it
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    datetime: MICROSECONDS,
    date: pa.date32(),
}
ENVELOPE_COLUMNS = [
    pa.field("fact_id", pa.string()),
    pa.field("kind", pa.string()),
    pa.field("version", pa.int64()),
    pa.field("occurred_at", MICROSECONDS),
    pa.field("recorded_at", MICROSECONDS),
    pa.field("day", pa.date32()),
]


def arrow_schema(kind: str) -> pa.Schema:
    """Envelope, the fields of every version (oldest first), `rest`. An unknown kind has only envelope and `rest`."""
    own = {name: field for known in reversed(versions(kind)) for name, field in field_types(known).items()}
    columns = [
        pa.field(name, pa.list_(TYPES[field.item]) if field.is_list else TYPES[field.item])
        for name, field in own.items()
    ]
    return pa.schema([*ENVELOPE_COLUMNS, *columns, pa.field("rest", pa.string())])
