"""What an offer and a freight plan may say."""

from collections.abc import Mapping
from uuid import UUID

from laotie.goods.offers import models
from laotie.goods.offers.errors import BadDays, BadHours, BadPlan, BadPrice, NoSuchPlan
from laotie.kit import market
from laotie.kit.text import line

DEAREST_MINOR = 10**12
MOST_HOURS = 24 * 45
MOST_DAYS = 90
MOST_REGIONS = 200


def check_price(price_minor: int, field: str = "price") -> None:
    """Raises BadPrice: nothing is sold for nothing, and a slip of a finger is no price."""
    money = market.current().money
    if not 1 <= price_minor <= DEAREST_MINOR:
        raise BadPrice(field=field, least=str(money(1)), most=str(money(DEAREST_MINOR)))


def check_hours(hours: int) -> None:
    if not 1 <= hours <= MOST_HOURS:
        raise BadHours(field="ships_within_hours", most=MOST_HOURS)


def check_days(days: int | None) -> None:
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise BadDays(field="arrives_within_days", most=MOST_DAYS)


def check_plan_of(merchant_id: UUID, plan_id: UUID | None) -> None:
    """Raises NoSuchPlan for a plan of another merchant."""
    if plan_id and not models.FreightPlan.objects.filter(id=plan_id, merchant_id=merchant_id).exists():
        raise NoSuchPlan(field="freight_plan")


def check_amount(minor: int | None, field: str) -> None:
    if minor is not None and not 0 <= minor <= DEAREST_MINOR:
        money = market.current().money
        raise BadPlan(field=field, least=str(money(0)), most=str(money(DEAREST_MINOR)))


def checked_regions(regions: Mapping[str, int | None]) -> dict[str, int | None]:
    for minor in regions.values():
        check_amount(minor, "regions")
    if len(regions) > MOST_REGIONS:
        raise BadPlan(field="regions", least=0, most=MOST_REGIONS)
    return {line(region, "regions", 40, 1): minor for region, minor in regions.items()}
