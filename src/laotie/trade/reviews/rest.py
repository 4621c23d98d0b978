"""Reviews over REST. Pictures go by the pages' form; here words."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from laotie.kit.pages import account_id as who
from laotie.kit.pages.rates import count
from laotie.trade.reviews import actions, queries
from laotie.trade.reviews.contracts import MOST_WORDS, Show

router = Router()
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Stars = Annotated[int, Field(ge=1, le=5)]
PER_MINUTE = 30


class ReviewOut(Schema):
    id: UUID
    product_id: UUID
    merchant_id: UUID
    buyer_id: UUID | None
    title: str
    options: str
    stars: int
    words: str
    pictures: list[UUID]
    written_at: datetime
    added_words: str
    added_pictures: list[UUID]
    added_at: datetime | None
    answer: str
    answered_at: datetime | None


class OwnReviewOut(ReviewOut):
    line_id: UUID
    order_id: UUID
    hidden_reason: str


class RatingOut(Schema):
    count: int
    average: float | None
    by_stars: list[int]
    good_percent: int | None
    with_pictures: int
    with_additions: int


class ReviewIn(Schema):
    line_id: UUID
    stars: Stars
    words: Annotated[str, Field(max_length=MOST_WORDS)] = ""
    unnamed: bool = False


class WordsIn(Schema):
    words: Annotated[str, Field(min_length=1, max_length=MOST_WORDS)]


class Asked(Schema):
    """Which reviews of a product."""

    show: Show = Show.ALL
    stars: Stars | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


@router.get("", response=list[OwnReviewOut])
def mine(request: HttpRequest, limit: Limit = 20, offset: Offset = 0) -> Any:
    """What one wrote, newest first."""
    return [queries.own(row) for row in queries.reviews_of_buyer(who(request))[offset : offset + limit]]


@router.post("", response={201: OwnReviewOut})
def write(request: HttpRequest, review: ReviewIn) -> Any:
    """Review a received line of one's order."""
    count("review", str(who(request)), PER_MINUTE)
    made = actions.write(who(request), review.line_id, review.stars, review.words, unnamed=review.unnamed)
    return Status(201, made)


@router.get("/products/{uuid:product_id}", response=list[ReviewOut], auth=None)
def of_product(request: HttpRequest, product_id: UUID, asked: Query[Asked]) -> Any:
    """A product's reviews, newest first; anyone may read them."""
    rows = queries.reviews_of_product(product_id, asked.show, asked.stars)
    return [queries.view(row) for row in rows[asked.offset : asked.offset + asked.limit]]


@router.get("/products/{uuid:product_id}/rating", response=RatingOut, auth=None)
def rating(request: HttpRequest, product_id: UUID) -> Any:
    """What a product's reviews come to."""
    return queries.rating(product_id)


@router.get("/shops/{uuid:merchant_id}", response=list[ReviewOut])
def of_shop(
    request: HttpRequest,
    merchant_id: UUID,
    show: Literal["unanswered", "bad", "all"] = "unanswered",
    limit: Limit = 20,
    offset: Offset = 0,
) -> Any:
    """A shop's reviews, for those who may care for its buyers."""
    rows = queries.reviews_of_shop(who(request), merchant_id, show=show)
    return [queries.view(row) for row in rows[offset : offset + limit]]


@router.get("/{uuid:review_id}", response=ReviewOut, auth=None)
def one(request: HttpRequest, review_id: UUID) -> Any:
    """One review, as everyone may read it."""
    return queries.review_for(None, review_id)


@router.post("/{uuid:review_id}/addition", response={201: OwnReviewOut})
def add(request: HttpRequest, review_id: UUID, said: WordsIn) -> Any:
    """Add to one's review, once."""
    count("review", str(who(request)), PER_MINUTE)
    return Status(201, actions.add(who(request), review_id, said.words))


@router.put("/{uuid:review_id}/answer", response=ReviewOut)
def answer(request: HttpRequest, review_id: UUID, said: WordsIn) -> Any:
    """The shop's answer, given or changed."""
    count("review", str(who(request)), PER_MINUTE)
    return actions.answer(who(request), review_id, said.words)
