"""A seller's standing, as a dated decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

BANDS = ("leading", "good", "weak")


@dataclass(frozen=True, slots=True)
class Standing:
    """What `seller_id` may do from `since` until the next row.

    `multiplier_bp` scales exposures (10,000 = 1); `settlement_days` run from signing to the shop's money;
    `decided_by` names the rulebook's version and the run, so that the decision can be found again.
    """

    seller_id: UUID
    since: datetime
    band: str = "good"
    multiplier_bp: int = 10_000
    may_offer_plans: bool = True
    settlement_days: int = 7
    decided_by: str = "default"

    @property
    def rulebook(self) -> str:
        """The name and version of the rulebook that decided."""
        return self.decided_by.partition("/")[0]
