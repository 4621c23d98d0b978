"""Reviews as pages show them: with a name that tells no more than it must."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from laotie.people.accounts.queries import accounts
from laotie.trade.reviews import queries
from laotie.trade.reviews.contracts import Rating, Review, Show

SIZE = 10
FIRST = 3
"""Reviews on the product page itself."""


@dataclass(frozen=True)
class Shown:
    """A review and who readers are told wrote it."""

    review: Review
    name: str
    face: UUID | None


def shown(reviews: Iterable[Review]) -> list[Shown]:
    """With names, in one statement."""
    listed = list(reviews)
    people = accounts({review.buyer_id for review in listed if review.buyer_id})
    return [_shown(review, people) for review in listed]


def _shown(review: Review, people: dict[UUID, Any]) -> Shown:
    person = people.get(review.buyer_id) if review.buyer_id else None
    if person is None or not person.name:
        return Shown(review, _("A buyer"), None)
    return Shown(review, masked(person.name), person.face)


def masked(name: str) -> str:
    """The first sign of a name: enough to tell two reviews apart, too little to find a person."""
    return f"{name.strip()[:1]}***"


@dataclass(frozen=True)
class Listing:
    """A product's reviews: the figures over all of them and one page of those that were asked for."""

    product_id: UUID
    rating: Rating
    show: Show
    stars: int | None
    page: Page[Any]
    reviews: list[Shown]


def listing(product_id: UUID, asked: QueryDict, size: int = SIZE, rating: Rating | None = None) -> Listing:
    """What `asked` (show, stars, page) wants to see of a product's reviews; nonsense asks for all. `rating` where it
    is known already."""
    word, stars = asked.get("show", ""), asked.get("stars", "")
    show = Show(word) if word in set(Show) else Show.ALL
    wanted = int(stars) if stars in {"1", "2", "3", "4", "5"} else None
    rows = queries.reviews_of_product(product_id, show, wanted)
    figures = rating or queries.rating(product_id)
    paginator = Paginator(rows, size)
    if show == Show.ALL and wanted is None:
        paginator.count = figures.count  # known already: one statement less
    page = paginator.get_page(asked.get("page"))
    found = shown(queries.view(row) for row in page.object_list)
    return Listing(product_id, figures, show, wanted, page, found)
