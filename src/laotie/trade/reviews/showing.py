"""Reviews as pages show them: with a name that tells no more than it must."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from laotie.people.accounts import queries as accounts
from laotie.people.accounts.contracts import AccountView
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


def shown(reviews: Iterable[Review], writers: Mapping[UUID, AccountView] | None = None) -> list[Shown]:
    """With names: those of `writers` where they are known already, else read in one statement."""
    listed = list(reviews)
    known = accounts.accounts({one.buyer_id for one in listed if one.buyer_id}) if writers is None else writers
    return [_shown(review, known.get(review.buyer_id) if review.buyer_id else None) for review in listed]


def _shown(review: Review, writer: AccountView | None) -> Shown:
    if writer is None or not writer.name:
        return Shown(review, _("A buyer"), None)
    return Shown(review, masked(writer.name), writer.face)


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
    listed = list(page.object_list)
    found = shown(map(queries.view, listed), {row.buyer_id: accounts.view(row.buyer) for row in listed})
    return Listing(product_id, figures, show, wanted, page, found)
