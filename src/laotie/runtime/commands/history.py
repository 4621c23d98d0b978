"""What commands on a history share: which day is meant."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laotie.engine.scores.deals import Facts

BACK = 30  # days


def days(facts: "Facts", day: datetime | None, since: datetime | None, back: int = BACK) -> tuple[date, date]:
    """The day to score, and the earlier one to compare it with. Raises ValueError."""
    from laotie.lab.scoring.facts import last_day

    chosen = day.date() if day else last_day(facts)
    compared = since.date() if since else chosen - timedelta(days=back)
    if compared >= chosen:
        raise ValueError(f"--since {compared} must be before the scored day {chosen}: name an earlier day.")
    return chosen, compared
