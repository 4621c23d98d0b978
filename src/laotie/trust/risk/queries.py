"""Reading findings: operators all of them, everybody else what touches them and no more."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from laotie.kit import clock
from laotie.people.accounts import queries as accounts
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.trust.risk.contracts import Deal, Finding, Objection, State, Touched
from laotie.trust.risk.errors import NoSuchFinding
from laotie.trust.risk.models import FindingDeal, FindingRow, NightRow, ObjectionRow

WITHIN_DAYS = 7
MOST = 500  # deals of a finding that a page shows


def finding(operator_id: UUID, finding_id: UUID) -> Finding:
    """A finding, for operators. Raises OperatorsOnly, NoSuchFinding."""
    accounts.require_operator(operator_id)
    row = _rows().filter(pk=finding_id).first()
    if row is None:
        raise NoSuchFinding
    return view(row)


def findings(operator_id: UUID, state: State | None = None, most: int = 100) -> list[Finding]:
    """Findings: those with open objections and those held first, then the newest. Raises OperatorsOnly."""
    accounts.require_operator(operator_id)
    rows = _rows() if state is None else _rows().filter(state=state)
    return [view(row) for row in rows.order_by(F("open").desc(), "state", "-found_at")[:most]]


def waiting() -> int:
    """How many wait for an operator, objections included."""
    return _rows().filter(Q(state=State.HELD) | Q(open__gt=0)).count()


def deals(operator_id: UUID, finding_id: UUID, most: int = MOST) -> list[Deal]:
    """The deals of a finding, oldest first, for operators. Raises OperatorsOnly."""
    accounts.require_operator(operator_id)
    return [deal_view(row) for row in FindingDeal.objects.filter(finding_id=finding_id).order_by("placed_at")[:most]]


def objections(operator_id: UUID, finding_id: UUID) -> list[Objection]:
    """What was said against a finding, oldest first, for operators. Raises OperatorsOnly."""
    accounts.require_operator(operator_id)
    rows = ObjectionRow.objects.filter(finding_id=finding_id).order_by("made_at")
    return [objection_view(row) for row in rows]


def touched(account_id: UUID, finding_id: UUID, shop_id: UUID | None = None) -> Touched:
    """The one way to a finding for those whom it touches: a shop's people with `shop_id`, a buyer without.

    Only what was upheld or ever objected to is shown, and only their own deals. Raises NoSuchFinding, NoGrant.
    """
    if shop_id is not None:
        grants.require(account_id, "score", shop_id)
        own = Q(shop_id=shop_id)
    else:
        own = Q(buyer=accounts.pseudonym(account_id))
    row = _rows().exclude(state=State.HELD).filter(pk=finding_id, judged_at__isnull=False).first()
    rows = list(FindingDeal.objects.filter(own, finding_id=finding_id).order_by("placed_at")[:MOST])
    if row is None or not rows:
        raise NoSuchFinding
    mine = ObjectionRow.objects.filter(finding_id=finding_id, shop_id=shop_id)
    said = (mine if shop_id else mine.filter(account_id=account_id)).first()
    return Touched(
        view(row), tuple(deal_view(deal) for deal in rows), shop_id, objection_view(said) if said else None,
        said is None and row.state == State.UPHELD and _recent(row),
    )  # fmt: skip


def _recent(row: FindingRow) -> bool:
    return row.judged_at is not None and clock.now() - row.judged_at <= timedelta(days=WITHIN_DAYS)


def voided_of(account_id: UUID, slug: str) -> list[Finding]:
    """The upheld and released findings that touch a shop, newest first. Raises NoSuchMerchant, NoGrant."""
    shop = merchants.shop_by_slug(slug)
    grants.require(account_id, "score", shop.id)
    rows = _rows().exclude(state=State.HELD).filter(judged_at__isnull=False, deals__shop_id=shop.id).distinct()
    return [view(row) for row in rows.order_by("-found_at")[:100]]


def upheld_of(shop_id: UUID, most: int = 5) -> list[Finding]:
    """The newest void findings that touch a shop, for a page that its people were let into already."""
    rows = _rows().filter(state=State.UPHELD, deals__shop_id=shop_id).distinct()
    return [view(row) for row in rows.order_by("-found_at")[:most]]


def lines_known() -> frozenset[UUID]:
    """Lines that are in a finding already: none is proposed twice."""
    return frozenset(FindingDeal.objects.values_list("line_id", flat=True))


def night(day: date) -> bool:
    """Whether the night of a market day was looked at."""
    return NightRow.objects.filter(day=day).exists()


def _rows() -> QuerySet[Any]:
    return FindingRow.objects.annotate(open=Count("objections", filter=Q(objections__judged_at=None), distinct=True))


def view(row: FindingRow) -> Finding:
    """The contract of a row."""
    return Finding(
        row.pk, row.rule, row.day, State(row.state), row.confidence, row.count, row.buyers, row.shops, row.shares,
        row.expected, row.evidence, row.found_at, row.by_itself, row.answer, row.judged_at, getattr(row, "open", 0),
    )  # fmt: skip


def deal_view(row: FindingDeal) -> Deal:
    """The contract of a row."""
    return Deal(row.line_id, row.order_id, row.shop_id, row.product_id, row.buyer, row.placed_at, tuple(row.marks))


def objection_view(row: ObjectionRow) -> Objection:
    """The contract of a row."""
    return Objection(
        row.pk, row.finding_id, row.account_id, row.shop_id, row.words, row.made_at, row.answer, row.judged_at
    )


def shops_in(found: Iterable[Deal]) -> list[UUID]:
    """The shops of deals, each once, in a fixed order."""
    return sorted({deal.shop_id for deal in found})
