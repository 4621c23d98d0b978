"""What terms may say, and whether they meet others in time."""

from datetime import datetime, timedelta

from laotie.goods.terms.errors import BadCap, BadTime, Overlap, TooFar
from laotie.kit import clock, market

LONGEST_TIMED_PRICE = timedelta(days=90)  # longer than a season it is not a special price but the price
FARTHEST = timedelta(days=366)
MOST_PIECES = 10_000_000


def check_span(starts_at: datetime, ends_at: datetime | None, longest: timedelta) -> None:
    """Raises TooFar, BadTime. `ends_at` None: without end, where the terms allow it."""
    now = clock.now()
    if starts_at - now > FARTHEST:
        raise TooFar(field="starts_at")
    if ends_at is not None and not (timedelta(0) < ends_at - starts_at <= longest and ends_at > now):
        raise BadTime(field="ends_at", days=longest.days)


def check_count(count: int | None, field: str) -> None:
    if count is not None and not 1 <= count <= MOST_PIECES:
        raise BadCap(field=field, most=MOST_PIECES)


def overlap(starts_at: datetime, ends_at: datetime | None) -> Overlap:
    """The refusal that names the span already taken, in the market's own time."""
    zone = market.current().zone
    end = ends_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if ends_at else "…"
    return Overlap(field="starts_at", start=starts_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"), end=end)
