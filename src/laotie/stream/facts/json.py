"""A fact's body as JSON values and back. Times are ISO 8601 in UTC, ids are hyphenated strings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

from laotie.stream.facts.contract import BadFact, Fact, FieldType, field_types

Json = str | int | bool | None | list[str] | list[int] | list[bool]
SUBCLASSABLE: tuple[type, ...] = (str, int, UUID)  # a text choice is text; but no bool is a count, no time a date
CANONICAL = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
INT64 = range(-(2**63), 2**63)  # what a Parquet column of integers holds


@dataclass(frozen=True, slots=True)
class Conversion:
    """A way that values go: `one` by one, or a list of `ids` at a glance (None: look at each)."""

    one: Callable[[type, Any], Any]
    ids: Callable[[list[Any]], list[Any] | None]


def encode(fact: Fact) -> dict[str, Json]:
    """The fact's own fields as JSON values, envelope left out. Raises BadFact where a value breaks its annotation."""
    kinds = field_types(type(fact))
    return {name: _field(type(fact), name, kind, getattr(fact, name), ENCODING) for name, kind in kinds.items()}


def decode(declared: type[Fact], body: dict[str, Any]) -> Fact:
    """The fact that `body` holds; what it does not name takes the default. Raises BadFact where it does not fit."""
    kinds = field_types(declared)
    values = {name: _field(declared, name, kind, body[name], DECODING) for name, kind in kinds.items() if name in body}
    try:
        return declared(**values)
    except TypeError as error:
        raise BadFact(f"{declared.__qualname__}: {error}") from error


def columns(declared: type[Fact], body: dict[str, Any]) -> dict[str, Any]:
    """`body`'s own fields as Arrow takes them: ids stay text, times become times. Raises BadFact as `decode` does."""
    kinds = field_types(declared)
    return {name: _field(declared, name, kind, body[name], TO_COLUMNS) for name, kind in kinds.items() if name in body}


def _field(owner: type[Fact], name: str, kind: FieldType, value: Any, conversion: Conversion) -> Any:
    if value is None and kind.optional:
        return None
    try:
        if kind.is_list:
            if not isinstance(value, list):
                raise TypeError("not a list")
            flawless = conversion.ids(value) if kind.item is UUID else _flawless(kind.item, value)
            return flawless or [conversion.one(kind.item, item) for item in value]
        return conversion.one(kind.item, value)
    except (TypeError, ValueError) as error:
        raise BadFact(f"{owner.__qualname__}.{name}: {value!r} is no {kind.item.__name__} ({error})") from error


def _flawless(item: type, values: list[Any]) -> list[Any] | None:
    """A list that is the same in Python, JSON and Arrow and has nothing wrong in it, as most have, seen at a glance:
    item by item takes many times as long. Else None."""
    if set(map(type, values)) != {item}:
        return None
    if item is int:
        fits = min(values) in INT64 and max(values) in INT64
    elif item is str:
        joined = "".join(values)
        fits = joined.isascii() and "\x00" not in joined
    else:
        fits = False
    return list(values) if fits else None


def _ids_encoded(values: list[Any]) -> list[str] | None:
    return list(map(str, values)) if set(map(type, values)) == {UUID} else None


def _ids_in_text(values: list[Any]) -> list[str] | None:
    """Ids as a body holds them, nearly always hyphenated; parsing them would take most of a commit's time."""
    canonical = set(map(type, values)) == {str} and all(map(CANONICAL.fullmatch, values))
    return list(values) if canonical else None


def _encoded(item: type, value: Any) -> str | int | bool:
    if type(value) is not item and not (item in SUBCLASSABLE and isinstance(value, item)):
        raise TypeError(f"it is {type(value).__name__}")
    if item is UUID or item is date:
        return str(value)
    if item is datetime:
        return moment(cast(datetime, value)).isoformat()
    if item is int:
        return _whole(value)
    if item is str:
        return _text(value)
    return bool(value)


def _decoded(item: type, value: Any) -> Any:
    if item is UUID:
        return UUID(value) if isinstance(value, str) else _refuse(value)
    if item is datetime:
        return moment(datetime.fromisoformat(value))
    if item is date:
        return date.fromisoformat(value)
    if item is int:
        return _whole(value)
    if item is str:
        return _text(value)
    return value if isinstance(value, bool) else _refuse(value)


def _column(item: type, value: Any) -> Any:
    if item is UUID and isinstance(value, str) and CANONICAL.fullmatch(value):
        return value
    decoded = _decoded(item, value)
    return str(decoded) if item is UUID else decoded


def moment(value: datetime) -> datetime:
    """An aware time, in UTC; a naive one is refused, since nobody knows when it was."""
    if value.tzinfo is None:
        raise ValueError("a time without a zone")
    return value.astimezone(UTC)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in INT64:
        raise TypeError("not a 64-bit whole number")
    return int(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        _refuse(value)
    if "\x00" in value:
        raise ValueError("text with a NUL")  # PostgreSQL's jsonb cannot hold it
    value.encode()  # a lone surrogate cannot be stored anywhere
    return str.__str__(value)  # the text itself, where a str subclass would print otherwise


def _refuse(value: Any) -> Any:
    raise TypeError(f"it is {type(value).__name__}")


ENCODING = Conversion(_encoded, _ids_encoded)
DECODING = Conversion(_decoded, lambda values: None)
TO_COLUMNS = Conversion(_column, _ids_in_text)
