"""A buyer's words about a deal."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from laotie.kit import clock
from laotie.kit.pictures import actions as pictures
from laotie.kit.text import text
from laotie.people.accounts.queries import pseudonym
from laotie.people.merchants import queries as merchants
from laotie.people.notices.actions import notify
from laotie.stream.outbox.actions import emit
from laotie.trade.orders import queries as orders
from laotie.trade.orders.contracts import Line, Order
from laotie.trade.reviews import contracts, queries
from laotie.trade.reviews.contracts import (
    ADD_WITHIN,
    MOST_PICTURES,
    MOST_WORDS,
    WRITE_WITHIN,
    ReviewAdded,
    ReviewWritten,
)
from laotie.trade.reviews.errors import (
    AlreadyAdded,
    AlreadyReviewed,
    BadStars,
    NoSuchReview,
    NotSigned,
    NotYourReview,
    ReviewTakenDown,
    TooLateToAdd,
    TooLateToReview,
    TooManyPictures,
)
from laotie.trade.reviews.models import ReviewRow

BAD = 2
"""Stars up to which a shop is told at once."""


@transaction.atomic
def write(
    account_id: UUID,
    line_id: UUID,
    stars: int,
    words: str = "",
    images: Sequence[bytes] = (),
    *,
    unnamed: bool = False,
) -> contracts.Review:
    """Review a signed line of one's own order; `unnamed` hides one's name from readers.

    Raises OrderNotFound, NotYours, NotYourReview, NotSigned, TooLateToReview, AlreadyReviewed, BadStars, BadText,
    TooManyPictures, BadPicture.
    """
    order, line = orders.line_for(account_id, line_id)
    _check_time(account_id, order)
    if not 1 <= stars <= 5:
        raise BadStars(field="stars")
    row = _row(order, line, stars, text(words, "words", MOST_WORDS), unnamed)
    row.pictures = _admitted(account_id, images)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyReviewed from error
    _record(row)
    return queries.own(row)


def _check_time(account_id: UUID, order: Order) -> None:
    if order.buyer_id != account_id:
        raise NotYourReview
    if order.signed_at is None:
        raise NotSigned
    if clock.now() > order.signed_at + WRITE_WITHIN:
        raise TooLateToReview(days=WRITE_WITHIN.days)


def _row(order: Order, line: Line, stars: int, words: str, unnamed: bool) -> ReviewRow:
    return ReviewRow(
        line_id=line.id,
        order_id=order.id,
        product_id=line.product_id,
        merchant_id=order.merchant_id,
        buyer_id=order.buyer_id,
        title=line.title,
        options=line.options,
        stars=stars,
        words=words,
        unnamed=unnamed,
        written_at=clock.now(),
    )


def _record(row: ReviewRow) -> None:
    """The fact, and a word to the shop where it should answer soon."""
    buyer = pseudonym(row.buyer_id)
    ids = (row.pk, row.line_id, row.order_id, row.merchant_id, row.product_id, buyer)
    emit(ReviewWritten(*ids, row.stars, len(row.words), len(row.pictures)))
    if row.stars > BAD:
        return
    shop = merchants.shop(row.merchant_id)
    data, link = {"title": row.title, "stars": row.stars}, f"/seller/{shop.slug}/reviews?show=bad"
    for member in merchants.team(row.merchant_id):
        if member.role == "owner":
            notify(member.account_id, "review.bad", "“{title}” got {stars} of 5 stars. Answer it soon.", data, link)


@transaction.atomic
def add(account_id: UUID, review_id: UUID, words: str, images: Sequence[bytes] = ()) -> contracts.Review:
    """Add to one's review, once, after living with the thing.

    Raises NoSuchReview, NotYourReview, ReviewTakenDown, AlreadyAdded, TooLateToAdd, BadText, TooManyPictures,
    BadPicture.
    """
    row = locked(review_id)
    if row.buyer_id != account_id:
        raise NotYourReview
    if row.added_at is not None:
        raise AlreadyAdded
    if clock.now() > row.written_at + ADD_WITHIN:
        raise TooLateToAdd(days=ADD_WITHIN.days)
    row.added_words = text(words, "words", MOST_WORDS, 1)
    row.added_pictures = _admitted(account_id, images)
    row.added_at = clock.now()
    row.save(update_fields=["added_words", "added_pictures", "added_at"])
    ids = (row.pk, row.line_id, row.merchant_id, row.product_id, pseudonym(account_id))
    emit(ReviewAdded(*ids, len(row.added_words), len(row.added_pictures)))
    return queries.own(row)


def locked(review_id: UUID) -> ReviewRow:
    """The review, held until the end of the transaction. Raises NoSuchReview, ReviewTakenDown."""
    row = ReviewRow.objects.select_for_update().filter(pk=review_id).first()
    if row is None:
        raise NoSuchReview
    if row.hidden_reason:
        raise ReviewTakenDown
    return row


def forget(account_id: UUID) -> None:
    """Clear a person's words and pictures (when the person is erased); the stars stand, unnamed."""
    ReviewRow.objects.filter(buyer_id=account_id).update(
        words="", pictures=[], added_words="", added_pictures=[], unnamed=True
    )


def _admitted(account_id: UUID, images: Sequence[bytes]) -> list[str]:
    if len(images) > MOST_PICTURES:
        raise TooManyPictures(field="pictures", most=MOST_PICTURES)
    return [str(pictures.admit(image, account_id)) for image in images]
