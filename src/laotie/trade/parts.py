"""What the deal's slices hold of a person; `runtime.bindings` hands these to accounts."""

from typing import Any
from uuid import UUID

from laotie.people.accounts.contracts import PersonalData
from laotie.trade.reviews import actions as reviews
from laotie.trade.reviews import queries as review_queries
from laotie.trade.talks import actions as talks
from laotie.trade.talks import queries as talk_queries


def _reviews(account_id: UUID) -> list[dict[str, Any]]:
    own = [review_queries.own(row) for row in review_queries.reviews_of_buyer(account_id)]
    return [
        {"title": r.title, "stars": r.stars, "words": r.words, "added": r.added_words, "at": r.written_at.isoformat()}
        for r in own
    ]


def _talks(account_id: UUID) -> list[dict[str, Any]]:
    said = talk_queries.said_by(account_id)
    return [{"talk": str(message.id), "words": message.words, "at": message.at.isoformat()} for message in said]


PARTS = (
    PersonalData("reviews", _reviews, reviews.forget),
    PersonalData("talks", _talks, talks.forget),
)
