"""Reading appeals."""

from datetime import datetime, timedelta
from uuid import UUID

from laotie.trust.appeals.contracts import SEASON_DAYS, Appeal, Ground, State, Subject
from laotie.trust.appeals.errors import NoSuchAppeal
from laotie.trust.appeals.models import AppealRow
from laotie.trust.scores import queries as scores


def appeal(appeal_id: UUID) -> Appeal:
    """An appeal, for those who judge. Raises NoSuchAppeal."""
    row = AppealRow.objects.filter(pk=appeal_id).first()
    if row is None:
        raise NoSuchAppeal
    return view(row)


def appeals_of(account_id: UUID, kind: str, entity_id: UUID) -> list[Appeal]:
    """All appeals of the seller behind a score, newest first. Raises NoGrant."""
    seller_id = scores.own(account_id, kind, entity_id)
    return [view(row) for row in AppealRow.objects.filter(seller_id=seller_id).order_by("-made_at")[:100]]


def waiting(most: int = 50) -> list[Appeal]:
    """Open appeals, the longest waiting first."""
    return [view(row) for row in AppealRow.objects.filter(state=State.OPEN).order_by("made_at")[:most]]


def waiting_count() -> int:
    """How many wait."""
    return AppealRow.objects.filter(state=State.OPEN).count()


def judged(most: int = 30) -> list[Appeal]:
    """The last ones that were judged."""
    rows = AppealRow.objects.exclude(state=State.OPEN).order_by("-judged_at")
    return [view(row) for row in rows[:most]]


def against(subject: Subject, subject_id: UUID, seller_id: UUID) -> Appeal | None:
    """The seller's appeal against a thing, if there was one."""
    row = AppealRow.objects.filter(subject=subject, subject_id=subject_id, seller_id=seller_id).first()
    return view(row) if row else None


def malicious_in_season(seller_id: UUID, at: datetime) -> int:
    """How many reviews the seller claimed to be malicious in the season before `at`, those rejected left out."""
    rows = AppealRow.objects.filter(
        seller_id=seller_id, ground=Ground.MALICIOUS, made_at__gt=at - timedelta(days=SEASON_DAYS), made_at__lte=at
    )
    return rows.exclude(state=State.REJECTED).count()


def view(row: AppealRow) -> Appeal:
    """The contract of a row."""
    return Appeal(
        row.pk, row.kind, row.entity_id, row.seller_id, Subject(row.subject), row.subject_id, Ground(row.ground),
        row.order_id, row.product_id, row.outcome, row.cost, row.words, State(row.state), row.made_at, row.answer,
        row.judged_at,
    )  # fmt: skip
