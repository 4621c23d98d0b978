"""The market's clock. Nothing else in the house asks the machine what time it is, so that time can be moved.

`LAOTIE_CLOCK_OFFSET` (seconds) moves the clock of a whole process; `travel` moves it for a block of code.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_offset: ContextVar[timedelta] = ContextVar(
    "clock_offset", default=timedelta(seconds=float(os.environ.get("LAOTIE_CLOCK_OFFSET", "0")))
)
_frozen: ContextVar[datetime | None] = ContextVar("clock_frozen", default=None)


def now() -> datetime:
    """The moment it is in the market: aware, UTC."""
    return _frozen.get() or datetime.now(UTC) + _offset.get()


def market_day(at: datetime, zone: ZoneInfo) -> date:
    """The market's calendar day that `at` falls in; a day begins at midnight in `zone`."""
    return at.astimezone(zone).date()


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Stop the clock at `to` (aware) for the block."""
    token = _frozen.set(to.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
