"""What traffic's slices hold of a person; `runtime.bindings` hands these to accounts."""

from typing import Any
from uuid import UUID

from laotie.people.accounts import queries as accounts
from laotie.people.accounts.contracts import PersonalData
from laotie.traffic.feed import actions as feed
from laotie.traffic.feed import queries as feed_queries


def _beliefs(account_id: UUID) -> list[dict[str, Any]]:
    found = feed_queries.beliefs(accounts.pseudonym(account_id))
    return [
        {"kind": b.kind, "target": str(b.target), "strength": b.strength, "since": b.since.isoformat()} for b in found
    ]


PARTS = (PersonalData("feed", _beliefs, feed.forget),)
