"""Facts and lakes for tests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from laotie.stream.facts import Fact, Recorded, encode, fact
from laotie.stream.lake.queries import Snapshot, snapshot
from laotie.stream.lake.store import LocalStore
from laotie.stream.lake.writer import Lake

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 1)


@fact("test.struck", version=1)
@dataclass(frozen=True, slots=True)
class Struck(Fact):
    number: int
    bell: UUID
    at: datetime
    words: str | None = None
    near: list[UUID] | None = None


def struck(number: int, at: datetime = NOON, kind: str = "test.struck") -> Recorded:
    """The `number`-th stroke, `number` seconds after `at`; its fact_id is its number."""
    body = encode(Struck(number, UUID(int=number), at, f"strike {number}", [UUID(int=1), UUID(int=2)]))
    happened = at + timedelta(seconds=number)
    return Recorded(UUID(int=number), kind, 1, happened, happened + timedelta(microseconds=1), body)


def strokes(numbers: Iterable[int], at: datetime = NOON) -> list[Recorded]:
    return [struck(number, at) for number in numbers]


def lake_at(folder: Path) -> Lake:
    return Lake(LocalStore(folder), ZONE)


def seen(folder: Path) -> Snapshot:
    return snapshot(LocalStore(folder))


def numbers(lake: Snapshot, kind: str = "test.struck") -> list[int]:
    return lake.read(kind)["number"].to_pylist()
