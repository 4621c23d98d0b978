"""How fast a sale is forgotten."""

from datetime import UTC, datetime, timedelta
from math import exp, log

HALF_LIFE = timedelta(days=14)  # a fortnight: long enough for a slow category, short enough for a season
RATE = log(2) / HALF_LIFE.total_seconds()  # per second
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
OLDEST = -700.0  # below this exponent a float is zero


def recent(heat: float, now: datetime) -> float:
    """Units sold, each halved for every HALF_LIFE since: what `heat` is worth at `now`."""
    return exp(max(OLDEST, min(heat - RATE * (now - EPOCH).total_seconds(), -OLDEST)))
