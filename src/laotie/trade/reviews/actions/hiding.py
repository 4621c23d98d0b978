"""The operators' answer to a reported review. They act through the desk, which judges, audits and tells."""

from uuid import UUID

from django.db import transaction

from laotie.people.accounts.queries import require_operator
from laotie.stream.outbox.actions import emit
from laotie.trade.reviews.contracts import ReviewHidden
from laotie.trade.reviews.errors import NoSuchReview
from laotie.trade.reviews.models import ReviewRow


@transaction.atomic
def hide(operator_id: UUID, review_id: UUID, reason: str) -> None:
    """Nobody but its buyer and its shop sees it any more, and its stars do not count. Raises NoSuchReview."""
    _write(operator_id, review_id, reason)


@transaction.atomic
def show(operator_id: UUID, review_id: UUID) -> None:
    """Put it back. Raises NoSuchReview."""
    _write(operator_id, review_id, "")


def _write(operator_id: UUID, review_id: UUID, reason: str) -> None:
    require_operator(operator_id)
    row = ReviewRow.objects.select_for_update().filter(pk=review_id).first()
    if row is None:
        raise NoSuchReview
    row.hidden_reason = reason
    row.save(update_fields=["hidden_reason"])
    emit(ReviewHidden(row.pk, row.line_id, row.merchant_id, row.product_id, bool(reason)))
