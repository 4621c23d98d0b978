"""What freight costs. Pure sums: no database."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from laotie.goods.offers.contracts import FreightLine, FreightPlan
from laotie.goods.offers.errors import NotServed
from laotie.kit.money import Money, total


def freight(lines: Iterable[FreightLine], region: str, currency: str) -> dict[UUID, Money]:
    """Freight per merchant for one order of each. Raises NotServed when a merchant does not send to `region`.

    Lines of one plan travel together; a merchant whose lines have several plans asks for each plan. Free from a
    plan's threshold counts the goods of that plan; the surcharge of a region is asked even then.
    """
    parcels: dict[tuple[UUID, UUID], list[FreightLine]] = defaultdict(list)
    costs: dict[UUID, Money] = {}
    for line in lines:
        costs.setdefault(line.merchant_id, Money(0, currency))
        if line.plan is not None:
            parcels[line.merchant_id, line.plan.id].append(line)
    for (merchant_id, _), parcel in parcels.items():
        costs[merchant_id] += _parcel(parcel, region, currency)
    return costs


def _parcel(lines: list[FreightLine], region: str, currency: str) -> Money:
    plan = lines[0].plan
    assert plan is not None
    goods = total((line.amount for line in lines), currency)
    pieces = sum(line.quantity for line in lines)
    carried = plan.base + plan.each_more * (pieces - 1)
    if plan.free_from is not None and goods >= plan.free_from:
        carried = Money(0, currency)
    return carried + surcharge(plan, region, currency)


def surcharge(plan: FreightPlan, region: str, currency: str) -> Money:
    """What `region` costs on top. Raises NotServed."""
    extra = plan.regions.get(region, Money(0, currency))
    if extra is None:
        raise NotServed(field="address", region=region)
    return extra
