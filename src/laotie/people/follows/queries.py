"""Reading the follow graph."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from laotie.people.follows.contracts import Counts, Followed, Follower
from laotie.people.follows.models import Follow

ACCOUNT = Follow.Kind.ACCOUNT
SEEN = "SELECT count(*), bool_or(follower_id = %s) FROM follows_follow WHERE kind = %s AND target_id = %s"


def stored_kind(kind: str) -> str:
    """A creator is an account: following it as either is one and the same."""
    return ACCOUNT.value if kind == "creator" else kind


def is_following(account_id: UUID, kind: str, target_id: UUID) -> bool:
    """Whether the account follows the target."""
    return following(account_id, kind, [target_id]) == {target_id}


def following(account_id: UUID, kind: str, target_ids: Iterable[UUID]) -> set[UUID]:
    """Those of `target_ids` that the account follows, in one statement."""
    rows = Follow.objects.filter(follower_id=account_id, kind=stored_kind(kind), target_id__in=set(target_ids))
    return set(rows.values_list("target_id", flat=True))


def are_mutual(one: UUID, other: UUID) -> bool:
    """Whether two accounts follow each other."""
    return _both_ways().filter(follower_id=one, target_id=other).exists()


def follows(account_id: UUID, kind: str = "", *, limit: int = 50, offset: int = 0) -> list[Followed]:
    """Whom the account follows, newest first; of one kind, or of all."""
    rows = Follow.objects.filter(follower_id=account_id).annotate(mutual=Exists(_back()))
    if kind:
        rows = rows.filter(kind=stored_kind(kind))
    page = rows.order_by("-started_at", "-pk")[offset : offset + limit]
    return [Followed(row.kind, row.target_id, row.started_at, row.mutual) for row in page]


def followers(kind: str, target_id: UUID, *, limit: int = 50, offset: int = 0) -> list[Follower]:
    """Who follows the target, newest first."""
    rows = _of(kind, target_id).annotate(mutual=Exists(_back()))
    page = rows.order_by("-started_at", "-pk")[offset : offset + limit]
    return [Follower(row.follower_id, row.started_at, row.mutual) for row in page]


def count_followers(kind: str, target_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many follow each target; those with none are left out."""
    rows = Follow.objects.filter(kind=stored_kind(kind), target_id__in=set(target_ids))
    return dict(rows.values_list("target_id").annotate(n=Count("pk")))


def seen_by(account_id: UUID | None, kind: str, target_id: UUID) -> tuple[int, bool]:
    """How many follow the target, and whether the account does, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [account_id, stored_kind(kind), target_id])
        every, mine = cursor.fetchone()
    return every, bool(mine)


def counts(kind: str, target_id: UUID) -> Counts:
    """A target's figures. A shop follows nobody."""
    followers = _of(kind, target_id).count()
    if stored_kind(kind) != ACCOUNT:
        return Counts(followers, 0, 0)
    mine = Follow.objects.filter(follower_id=target_id)
    return Counts(followers, mine.count(), _both_ways().filter(follower_id=target_id).count())


def everything(account_id: UUID) -> list[Follow]:
    """Every row that names the account, on either side."""
    return list(Follow.objects.filter(Q(follower_id=account_id) | Q(kind=ACCOUNT, target_id=account_id)))


def _of(kind: str, target_id: UUID) -> QuerySet[Follow]:
    return Follow.objects.filter(kind=stored_kind(kind), target_id=target_id)


def _back() -> QuerySet[Follow]:
    """The row the other way round; only between accounts."""
    return Follow.objects.filter(
        kind=ACCOUNT, follower_id=OuterRef("target_id"), target_id=OuterRef("follower_id")
    ).filter(Q(kind=OuterRef("kind")))


def _both_ways() -> QuerySet[Follow]:
    return Follow.objects.filter(Exists(_back()), kind=ACCOUNT)
