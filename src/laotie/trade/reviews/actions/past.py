"""Reviews of an imported history: rows and facts as live ones leave them, with their own times."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from laotie.stream.facts import Fact
from laotie.trade.reviews.contracts import PastReview, ReviewAnswered, ReviewWritten
from laotie.trade.reviews.models import ReviewRow

Timed = tuple[datetime, Fact]


@transaction.atomic
def keep_past(reviews: Sequence[PastReview]) -> list[Timed]:
    """Keep many reviews in one insert; returns their facts with their times, for `emit_past` of the importer."""
    rows = [(_row(review), review) for review in reviews]
    ReviewRow.objects.bulk_create([row for row, _ in rows])
    return [timed for row, review in rows for timed in _facts(row, review)]


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


def _facts(row: ReviewRow, review: PastReview) -> list[Timed]:
    ids = (row.pk, row.line_id, row.order_id, row.merchant_id, row.product_id, review.buyer_pseudonym)
    facts: list[Timed] = [(review.written_at, ReviewWritten(*ids, row.stars, len(row.words), 0))]
    if review.answered_at:
        facts.append((review.answered_at, ReviewAnswered(row.pk, row.line_id, row.merchant_id, row.product_id)))
    return facts
