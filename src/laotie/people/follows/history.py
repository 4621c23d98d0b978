"""Follows of an imported history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.people.accounts import queries as accounts
from laotie.people.follows.contracts import FollowStarted
from laotie.people.follows.models import Follow
from laotie.stream.outbox.actions import emit_past


@dataclass(frozen=True, slots=True)
class PastFollow:
    """`kind` is shop, creator or account; `target_id` a shop's or an account's id."""

    follower_id: UUID
    kind: str
    target_id: UUID
    started_at: datetime


@transaction.atomic
def admit_history(follows: Sequence[PastFollow]) -> int:
    """Record the follows that are not there yet; returns how many."""
    known = set(
        Follow.objects.filter(follower_id__in={follow.follower_id for follow in follows}).values_list(
            "follower_id", "kind", "target_id"
        )
    )
    fresh = [follow for follow in follows if (follow.follower_id, follow.kind, follow.target_id) not in known]
    rows = [
        Follow(follower_id=f.follower_id, kind=f.kind, target_id=f.target_id, started_at=f.started_at) for f in fresh
    ]
    Follow.objects.bulk_create(rows, batch_size=1000)
    people = {f.follower_id for f in fresh} | {f.target_id for f in fresh if f.kind != "shop"}
    names = {person: view.pseudonym for person, view in accounts.accounts(people).items()}
    emit_past(
        (f.started_at, FollowStarted(names[f.follower_id], f.kind, names.get(f.target_id, f.target_id))) for f in fresh
    )
    return len(rows)
