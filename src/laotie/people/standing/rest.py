"""A shop's standing over REST, for its team."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from laotie.kit import clock
from laotie.kit.pages import account_id as who
from laotie.people.standing import queries

router = Router()


class StandingOut(Schema):
    since: datetime
    band: str
    multiplier_bp: int
    may_offer_plans: bool
    settlement_days: int
    decided_by: str


@router.get("/shops/{slug}", response=StandingOut)
def of_shop(request: HttpRequest, slug: str) -> Any:
    """What the shop may do now; `multiplier_bp` scales its exposures, 10,000 is 1."""
    return queries.of(queries.shop_for(who(request), slug).id, clock.now())


@router.get("/shops/{slug}/history", response=list[StandingOut])
def history(request: HttpRequest, slug: str) -> Any:
    """Every decision, the newest first."""
    return queries.history(queries.shop_for(who(request), slug).id)
