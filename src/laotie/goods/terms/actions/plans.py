"""Commission plans: terms under which creators sell an offer. A rate is never changed, only ended and offered anew, so
that what an order line copied can always be found."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from laotie.goods.offers.contracts import Offer
from laotie.goods.terms import models, queries
from laotie.goods.terms.checks import check_span, overlap
from laotie.goods.terms.contracts import CommissionEnded, CommissionOffered, CommissionPlan
from laotie.goods.terms.errors import BadRate, NoSuchTerms, PlansClosed, TooManyCreators
from laotie.goods.terms.locks import held
from laotie.kit import clock
from laotie.people.creators import queries as creators
from laotie.people.merchants import queries as merchants
from laotie.people.notices.actions import notify
from laotie.people.standing import queries as standing
from laotie.stream.outbox.actions import emit

LEAST_BP, MOST_BP = 10, 9000
MOST_CREATORS = 200
LONGEST = timedelta(days=3660)


@transaction.atomic
def offer_plan(
    offer_id: UUID,
    rate_bp: int,
    *,
    creators: Sequence[UUID] = (),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> CommissionPlan:
    """Let creators (all, or the named) sell the offer for `rate_bp` of what a line is paid, from `starts_at` or now.

    One open plan at a time, and one plan naming a creator. A plan that runs already outlives a fall of the standing:
    creators count on it. Raises PlansClosed, BadRate, BadTime, TooManyCreators, Overlap.
    """
    offer, starts_at = held(offer_id), starts_at or clock.now()
    _check_open(offer.merchant_id)
    if not LEAST_BP <= rate_bp <= MOST_BP:
        raise BadRate(field="rate", least=f"{LEAST_BP / 100:g}", most=f"{MOST_BP / 100:g}")
    named = list(dict.fromkeys(creators))
    if len(named) > MOST_CREATORS:
        raise TooManyCreators(field="creators", most=MOST_CREATORS)
    check_span(starts_at, ends_at, LONGEST)
    _check_alone(offer_id, named, starts_at, ends_at)
    row = models.CommissionPlan.objects.create(
        offer_id=offer_id, rate_bp=rate_bp, creators=named, starts_at=starts_at, ends_at=ends_at
    )
    emit(CommissionOffered(row.id, offer_id, offer.product_id, offer.merchant_id, rate_bp, named, starts_at, ends_at))
    _tell(offer, rate_bp, named)
    return queries.plan(row.id)


def _tell(offer: Offer, rate_bp: int, named: list[UUID]) -> None:
    """The named creators hear of a plan that is made for them; an open one they find by themselves."""
    data = {"rate": f"{rate_bp / 100:g} %", "shop": merchants.shop(offer.merchant_id).name} if named else {}
    sentence = _("{shop} made a commission plan of {rate} for you. You find its goods where you choose cards.")
    for account_id in creators.creators(named):
        notify(account_id, "plan.offered", sentence, data, f"/goods/{offer.product_id}")


def _check_open(merchant_id: UUID) -> None:
    if not standing.of(merchant_id, clock.now()).may_offer_plans:
        raise PlansClosed(why=f"/seller/{merchants.shop(merchant_id).slug}/standing")


def _check_alone(offer_id: UUID, named: list[UUID], starts_at: datetime, ends_at: datetime | None) -> None:
    meets = Q(offer_id=offer_id) & (Q(ends_at=None) | Q(ends_at__gt=starts_at))
    if ends_at is not None:
        meets &= Q(starts_at__lt=ends_at)
    meets &= Q(creators__overlap=named) if named else Q(creators=[])
    met = models.CommissionPlan.objects.filter(meets).first()
    if met is not None:
        raise overlap(met.starts_at, met.ends_at)


@transaction.atomic
def end_plan(plan_id: UUID) -> None:
    """No further order copies it; those placed keep what they copied. Raises NoSuchTerms for one that has ended."""
    found = models.CommissionPlan.objects.filter(id=plan_id).first()
    if found is None:
        raise NoSuchTerms
    offer, now = held(found.offer_id), clock.now()
    row = models.CommissionPlan.objects.select_for_update().get(id=plan_id)
    if row.ends_at is not None and row.ends_at <= now:
        raise NoSuchTerms
    row.ends_at = now
    row.starts_at = min(row.starts_at, now)
    row.save(update_fields=["starts_at", "ends_at"])
    emit(CommissionEnded(row.id, offer.id, offer.product_id, offer.merchant_id))
