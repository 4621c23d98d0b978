"""A shop's answer to a review: once, and it may be changed."""

from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.kit.text import text
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.people.notices.actions import notify
from laotie.stream.outbox.actions import emit
from laotie.trade.reviews import contracts, queries
from laotie.trade.reviews.actions.writing import locked
from laotie.trade.reviews.contracts import MOST_WORDS, ReviewAnswered


@transaction.atomic
def answer(account_id: UUID, review_id: UUID, words: str) -> contracts.Review:
    """Answer for the shop, or change its answer. Raises NoSuchReview, NoGrant, ReviewTakenDown, BadText."""
    row = locked(review_id)
    grants.require(account_id, "care", row.merchant_id)
    first = row.answered_at is None
    row.answer, row.answered_by_id = text(words, "words", MOST_WORDS, 1), account_id
    row.answered_at = row.answered_at or clock.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    if first:
        emit(ReviewAnswered(row.pk, row.line_id, row.merchant_id, row.product_id))
        data = {"shop": merchants.shop(row.merchant_id).name, "title": row.title}
        link = f"/p/{row.product_id}#reviews"
        notify(row.buyer_id, "review.answered", "{shop} answered your review of “{title}”.", data, link)
    return queries.view(row)
