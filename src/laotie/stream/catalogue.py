"""The catalogue of facts, written from their classes: docs/facts.md."""

import inspect
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from laotie.stream.facts import Fact, registered
from laotie.stream.facts.contract import FieldType, field_types

HEAD = """# Facts

Everything that happened in a market, as it lies in the lake. Written by `laotie lake catalogue` from the classes
themselves; change those, not this page.

Each fact has an envelope: `fact_id` (UUIDv7), `kind`, `version`, `occurred_at` (when it happened), `recorded_at` (when
it was written down), both UTC, and `day`, the market day of `occurred_at`. A fact never changes: what was wrong is
amended by another fact. People appear as pseudonyms only; erasing a person deletes the key between the two.
`rest` holds, as JSON, what fits no column.
"""
WORDS: dict[type, str] = {UUID: "id", str: "text", int: "whole number", bool: "yes or no", datetime: "time, UTC",
                          date: "day"}  # fmt: skip


def catalogue(prefix: str = "laotie.") -> str:
    """The page, of the facts declared in modules below `prefix`."""
    facts = [known for known in registered().values() if known.__module__.startswith(prefix)]
    parts = [HEAD]
    for room, declared in groupby(sorted(facts, key=_order), key=_room):
        parts.append(f"\n## {room}\n")
        parts.extend(_section(known) for known in declared)
    return "".join(parts)


def _section(known: type[Fact]) -> str:
    rows = "".join(f"| `{name}` | {_words(kind)} |\n" for name, kind in field_types(known).items())
    text = inspect.cleandoc(known.__doc__ or "")
    words = "" if text.startswith(f"{known.__name__}(") else f"{text}\n\n"
    kept = f" · kept {known.KEPT_DAYS} days" if known.KEPT_DAYS else ""
    return f"\n### {known.KIND} · version {known.VERSION}{kept}\n{words}| field | holds |\n| --- | --- |\n{rows}"


def _words(kind: FieldType) -> str:
    many = f"list of {WORDS[kind.item]}" if kind.is_list else WORDS[kind.item]
    return f"{many}, or nothing" if kind.optional else many


def _order(known: type[Fact]) -> tuple[str, str, int]:
    return _room(known), known.KIND, known.VERSION


def _room(known: type[Fact]) -> str:
    return "/".join(known.__module__.split(".")[1:3])
