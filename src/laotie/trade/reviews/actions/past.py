"""Reviews of an imported history: rows and facts as live ones leave them, with their own times."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.people.accounts import queries as accounts
from laotie.stream.facts import Fact
from laotie.stream.outbox.actions import emit_past
from laotie.trade.reviews.contracts import PastReview, ReviewAnswered, ReviewWritten
from laotie.trade.reviews.models import ReviewRow

Timed = tuple[datetime, Fact]


@transaction.atomic
def admit_history(reviews: Sequence[PastReview]) -> int:
    """Write the reviews whose lines have none yet, in one insert; returns how many."""
    lines = [review.line_id for review in reviews]
    known = set(ReviewRow.objects.filter(line_id__in=lines).values_list("line_id", flat=True))
    rows = [(_row(review), review) for review in reviews if review.line_id not in known]
    ReviewRow.objects.bulk_create([row for row, _ in rows])
    names = {who: view.pseudonym for who, view in accounts.accounts({row.buyer_id for row, _ in rows}).items()}
    emit_past(timed for row, review in rows for timed in _facts(row, review, names[row.buyer_id]))
    return len(rows)


def _row(review: PastReview) -> ReviewRow:
    return ReviewRow(
        line_id=review.line_id,
        order_id=review.order_id,
        product_id=review.product_id,
        merchant_id=review.merchant_id,
        buyer_id=review.buyer_id,
        title=review.title,
        options=review.options,
        stars=review.stars,
        words=review.words,
        written_at=review.written_at,
        answer=review.answer,
        answered_at=review.answered_at,
    )


def _facts(row: ReviewRow, review: PastReview, buyer: UUID) -> list[Timed]:
    ids = (row.pk, row.line_id, row.order_id, row.merchant_id, row.product_id, buyer)
    facts: list[Timed] = [(review.written_at, ReviewWritten(*ids, row.stars, len(row.words), 0))]
    if review.answered_at:
        facts.append((review.answered_at, ReviewAnswered(row.pk, row.line_id, row.merchant_id, row.product_id)))
    return facts
