"""Facts that are kept for so many days only, as their class says, leave the lake by whole days."""

from datetime import timedelta

from laotie.kit import clock
from laotie.stream.facts.contract import kept_days
from laotie.stream.lake.writer import Lake


def expire(lake: Lake) -> int:
    """Let go of every day that is older than its facts are kept. Returns how many facts went."""
    today = clock.market_day(clock.now(), lake.zone)
    gone = 0
    for kind, days in kept_days().items():
        gone += lake.expire(kind, today - timedelta(days=days))
    return gone
