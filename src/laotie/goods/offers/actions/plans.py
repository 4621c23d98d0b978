"""Freight plans: what a merchant asks for carrying one order."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from laotie.goods.offers import models, queries
from laotie.goods.offers.checks import check_amount, check_days, checked_regions
from laotie.goods.offers.contracts import FreightPlan
from laotie.goods.offers.errors import NoSuchPlan, PlanInUse
from laotie.kit.text import line


def make_freight_plan(
    merchant_id: UUID,
    name: str,
    *,
    base_minor: int = 0,
    each_more_minor: int = 0,
    free_from_minor: int | None = None,
    regions: Mapping[str, int | None] | None = None,
    arrives_within_days: int | None = None,
) -> FreightPlan:
    """A new plan; the first of a merchant is its default. `regions`: surcharge in minor units, None: not served.
    `arrives_within_days` of shipping is what buyers are promised, None: nothing.

    Raises BadPlan, BadDays, BadText.
    """
    row = models.FreightPlan(merchant_id=merchant_id)
    return _write(row, name, base_minor, each_more_minor, free_from_minor, regions or {}, arrives_within_days)


@transaction.atomic
def change_freight_plan(
    plan_id: UUID,
    name: str,
    *,
    base_minor: int,
    each_more_minor: int,
    free_from_minor: int | None,
    regions: Mapping[str, int | None],
    arrives_within_days: int | None = None,
) -> FreightPlan:
    """Say all of a plan anew; orders already placed keep what they were told. Raises BadPlan, BadDays, BadText,
    NoSuchPlan."""
    row = _locked(plan_id)
    return _write(row, name, base_minor, each_more_minor, free_from_minor, regions, arrives_within_days)


@transaction.atomic
def remove_freight_plan(plan_id: UUID) -> None:
    """Raises PlanInUse while offers travel by it, NoSuchPlan."""
    row = _locked(plan_id)
    count = models.Offer.objects.filter(freight_plan_id=plan_id).count()
    if count:
        raise PlanInUse(count=count)
    row.delete()


def _locked(plan_id: UUID) -> models.FreightPlan:
    row = models.FreightPlan.objects.select_for_update().filter(id=plan_id).first()
    if row is None:
        raise NoSuchPlan
    return row


def _write(  # noqa: PLR0917
    row: models.FreightPlan,
    name: str,
    base_minor: int,
    each_more_minor: int,
    free_from_minor: int | None,
    regions: Mapping[str, int | None],
    arrives_within_days: int | None,
) -> FreightPlan:
    check_amount(base_minor, "base")
    check_amount(each_more_minor, "each_more")
    check_amount(free_from_minor, "free_from")
    check_days(arrives_within_days)
    row.name, row.regions = line(name, "name", 60, 1), checked_regions(regions)
    row.base_minor, row.each_more_minor, row.free_from_minor = base_minor, each_more_minor, free_from_minor
    row.arrives_within_days = arrives_within_days
    row.save()
    return queries.freight_plan(row.id)
