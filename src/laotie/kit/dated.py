"""Rows that hold from a moment on, until the next row of the same key: written once, never changed.

The model has a moment `since` and a key, unique together; the newest row at or before a moment counts at that moment.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def holding(rows: QuerySet[M], key: str, keys: Iterable[UUID], at: datetime) -> dict[UUID, M]:
    """The row that holds at `at` for each of `keys` that has one. One statement."""
    return {getattr(row, key): row for row in _holding(rows, key, keys, at)}


def columns(
    rows: QuerySet[M], key: str, keys: Iterable[UUID], at: datetime, *names: str
) -> dict[UUID, tuple[Any, ...]]:
    """The same where no more than some columns is asked for, of very many keys: their values, in order."""
    found = _holding(rows, key, keys, at).values_list(key, *names)
    return {row[0]: row[1:] for row in found}


def _holding(rows: QuerySet[M], key: str, keys: Iterable[UUID], at: datetime) -> QuerySet[M]:
    return rows.filter(**{f"{key}__any": list(keys)}, since__lte=at).order_by(key, "-since").distinct(key)


def every(rows: QuerySet[M], key: str, of: UUID, most: int) -> list[M]:
    """At most so many rows of one key, the newest first."""
    return list(rows.filter(**{key: of}).order_by("-since")[:most])


def add(model: type[M], rows: Iterable[M]) -> None:
    """Write the rows; where one of the same key and moment stands already, that one stays."""
    model._default_manager.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
