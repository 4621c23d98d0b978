"""Reading reviews. Those of a product are public; a buyer's and a shop's lists are theirs."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from laotie.kit import clock
from laotie.kit.prepared import Prepared, array
from laotie.people.grants import queries as grants
from laotie.trade.orders import queries as orders
from laotie.trade.orders.contracts import Filter, Line, Order, State
from laotie.trade.reviews.contracts import NO_RATING, STARS, WRITE_WITHIN, Rating, Review, Show
from laotie.trade.reviews.errors import NoSuchReview
from laotie.trade.reviews.models import ReviewRow

WITH_PICTURES = ~Q(pictures=[]) | ~Q(added_pictures=[])
LATEST_ORDERS = 60
RATINGS = Prepared(
    "reviews_ratings",
    """
SELECT product_id, max(greatest(written_at, added_at, answered_at)),
    count(*) FILTER (WHERE pictures <> '[]' OR added_pictures <> '[]'), count(added_at),
    count(*) FILTER (WHERE stars = 1), count(*) FILTER (WHERE stars = 2), count(*) FILTER (WHERE stars = 3),
    count(*) FILTER (WHERE stars = 4), count(*) FILTER (WHERE stars = 5)
FROM reviews_reviewrow WHERE product_id = ANY ($1::uuid[]) AND hidden_reason = '' GROUP BY product_id
""",
)


def review_for(account_id: UUID | None, review_id: UUID) -> Review:
    """A review as `account_id` may read it: anyone unless it was taken down; then its buyer and its shop.

    Raises NoSuchReview.
    """
    row = ReviewRow.objects.filter(pk=review_id).first()
    if row is None or (row.hidden_reason and not _concerns(account_id, row)):
        raise NoSuchReview
    return own(row) if account_id == row.buyer_id else view(row)


def review_and_author(account_id: UUID, review_id: UUID) -> tuple[Review, UUID]:
    """A review as `review_for`, and who wrote it even unnamed: for the desk, never for a page. Raises NoSuchReview."""
    return review_for(account_id, review_id), ReviewRow.objects.values_list("buyer_id", flat=True).get(pk=review_id)


def _concerns(account_id: UUID | None, row: ReviewRow) -> bool:
    return account_id is not None and (account_id == row.buyer_id or grants.may(account_id, "care", row.merchant_id))


def reviews_of_product(product_id: UUID, show: Show = Show.ALL, stars: int | None = None) -> QuerySet[ReviewRow]:
    """A product's reviews with their buyers, newest first, narrowed; `view` turns a row into its contract."""
    rows = ReviewRow.objects.filter(product_id=product_id, hidden_reason="").select_related("buyer")
    rows = rows.order_by("-written_at", "-pk")
    if show in STARS:
        rows = rows.filter(stars__in=STARS[show])
    if show == Show.PICTURES:
        rows = rows.filter(WITH_PICTURES)
    if show == Show.ADDED:
        rows = rows.filter(added_at__isnull=False)
    return rows.filter(stars=stars) if stars else rows


def ratings(product_ids: Iterable[UUID]) -> dict[UUID, Rating]:
    """What the reviews of each product come to, in one statement; products without any are left out."""
    rows = RATINGS.rows(array(list(product_ids)))
    return {UUID(product): _rating(changed_at, *map(int, counts)) for product, changed_at, *counts in rows}


def rating(product_id: UUID) -> Rating:
    """What a product's reviews come to."""
    return ratings([product_id]).get(product_id, NO_RATING)


def _rating(changed_at: str, pictured: int, added: int, *by_stars: int) -> Rating:
    one, two, three, four, five = by_stars
    count = sum(by_stars)
    average = round((one + 2 * two + 3 * three + 4 * four + 5 * five) / count, 1)
    return Rating(count, average, (one, two, three, four, five), pictured, added, datetime.fromisoformat(changed_at))


def to_review(account_id: UUID) -> list[tuple[Order, Line]]:
    """Signed lines among a buyer's latest orders that still may be reviewed, the newest first."""
    signed = Filter(states=(State.SIGNED, State.DONE))
    found = orders.orders_of_buyer(account_id, signed, size=LATEST_ORDERS).orders
    late = clock.now() - WRITE_WITHIN
    lines = [(order, line) for order in found if order.signed_at and order.signed_at > late for line in order.lines]
    written = reviewed(line.id for _, line in lines)
    return [(order, line) for order, line in lines if line.id not in written and line.left > 0]


def reviewed(line_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The reviews of those lines that have one, by line."""
    return dict(ReviewRow.objects.filter(line_id__in=set(line_ids)).values_list("line_id", "pk"))


def lines_reviewed_by(account_id: UUID) -> set[UUID]:
    """Every line a buyer has reviewed."""
    return set(ReviewRow.objects.filter(buyer_id=account_id).values_list("line_id", flat=True))


def reviews_of_buyer(account_id: UUID) -> QuerySet[ReviewRow]:
    """What a buyer wrote, newest first; `own` turns a row into its contract."""
    return ReviewRow.objects.filter(buyer_id=account_id).order_by("-written_at", "-pk")


def reviews_of_shop(account_id: UUID, merchant_id: UUID, *, show: str = "unanswered") -> QuerySet[ReviewRow]:
    """A shop's reviews, newest first: `unanswered`, `bad` or `all`. Raises NoGrant."""
    grants.require(account_id, "care", merchant_id)
    rows = ReviewRow.objects.filter(merchant_id=merchant_id, hidden_reason="").order_by("-written_at", "-pk")
    if show == "unanswered":
        return rows.filter(answered_at=None)
    return rows.filter(stars__lte=2) if show == "bad" else rows


def unanswered_bad(merchant_id: UUID) -> int:
    """How many reviews of one or two stars wait for a shop's answer."""
    rows = ReviewRow.objects.filter(merchant_id=merchant_id, hidden_reason="", answered_at=None, stars__lte=2)
    return rows.count()


def said(most: int) -> list[tuple[str, int]]:
    """The newest words with their stars, without who said them: for learning what words mean."""
    rows = ReviewRow.objects.filter(hidden_reason="").exclude(words="").order_by("-written_at")
    return list(rows.values_list("words", "stars")[:most])


def view(row: ReviewRow) -> Review:
    """The contract of a row as others read it."""
    return _view(row, None if row.unnamed else row.buyer_id)


def own(row: ReviewRow) -> Review:
    """The contract of a row for its buyer."""
    return _view(row, row.buyer_id)


def _view(row: ReviewRow, buyer_id: UUID | None) -> Review:
    return Review(
        id=row.pk,
        line_id=row.line_id,
        order_id=row.order_id,
        product_id=row.product_id,
        merchant_id=row.merchant_id,
        buyer_id=buyer_id,
        title=row.title,
        options=row.options,
        stars=row.stars,
        words=row.words,
        pictures=tuple(UUID(picture) for picture in row.pictures),
        unnamed=row.unnamed,
        written_at=row.written_at,
        added_words=row.added_words,
        added_pictures=tuple(UUID(picture) for picture in row.added_pictures),
        added_at=row.added_at,
        answer=row.answer,
        answered_at=row.answered_at,
        hidden_reason=row.hidden_reason,
    )
