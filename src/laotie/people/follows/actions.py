"""Writing the follow graph. Doing the same thing twice changes nothing and says nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from laotie.kit import clock
from laotie.people.accounts.errors import NoSuchAccount
from laotie.people.accounts.queries import account, accounts, pseudonym
from laotie.people.creators.queries import creator, is_creator
from laotie.people.follows import queries
from laotie.people.follows.contracts import KINDS, FollowEnded, FollowStarted
from laotie.people.follows.errors import BadKind, FollowsTooMany, NotOneself
from laotie.people.follows.history import PastFollow, admit_history
from laotie.people.follows.models import Follow
from laotie.people.merchants.errors import NoSuchShop
from laotie.people.merchants.queries import shop
from laotie.people.notices.actions import notify, person
from laotie.stream.outbox.actions import emit

__all__ = ["PastFollow", "admit_history", "follow", "forget", "unfollow"]

__all__ = ["follow", "forget", "unfollow"]

MOST = 5000  # more than a person can mean; keeps "whom I follow" readable and bots cheap to stop


@transaction.atomic
def follow(account_id: UUID, kind: str, target_id: UUID, at: datetime | None = None) -> None:
    """Follow a shop, a creator or an account from `at` (now).

    Raises BadKind, NotOneself, NoSuchShop, NoSuchCreator, NoSuchAccount, FollowsTooMany.
    """
    _check(account_id, kind, target_id)
    _row, new = Follow.objects.get_or_create(
        follower_id=account_id,
        kind=queries.stored_kind(kind),
        target_id=target_id,
        defaults={"started_at": at or clock.now()},
    )
    if new:
        emit(FollowStarted(*_named(account_id, queries.stored_kind(kind), target_id)), occurred_at=at)
        if at is None and kind != "shop":
            _greet(account_id, target_id)


@transaction.atomic
def unfollow(account_id: UUID, kind: str, target_id: UUID) -> None:
    """Follow no longer. Raises BadKind."""
    if kind not in KINDS:
        raise BadKind(field="kind")
    rows = Follow.objects.filter(follower_id=account_id, kind=queries.stored_kind(kind), target_id=target_id)
    if rows.delete()[0]:
        emit(FollowEnded(*_named(account_id, queries.stored_kind(kind), target_id)))


@transaction.atomic
def forget(account_id: UUID) -> None:
    """End every follow on either side of an account that is being erased."""
    rows = queries.everything(account_id)
    if rows:
        emit(*(FollowEnded(*_named(row.follower_id, row.kind, row.target_id)) for row in rows))
    Follow.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _check(account_id: UUID, kind: str, target_id: UUID) -> None:
    if kind not in KINDS:
        raise BadKind(field="kind")
    if account_id == target_id:
        raise NotOneself
    if kind == "shop" and not shop(target_id).is_open:
        raise NoSuchShop
    if kind == "creator":
        creator(target_id)
    if kind == "account" and account(target_id).is_erased:
        raise NoSuchAccount
    if Follow.objects.filter(follower_id=account_id).count() >= MOST:
        raise FollowsTooMany(most=MOST)


def _greet(account_id: UUID, target_id: UUID) -> None:
    mutual = queries.are_mutual(account_id, target_id)
    sentence = _("{person} follows you back. You are regulars now.") if mutual else _("{person} follows you.")
    notify(target_id, "follow", sentence, {"person": person(account_id)}, f"/u/{account_id}")


def _named(account_id: UUID, kind: str, target_id: UUID) -> tuple[UUID, str, UUID]:
    """The fact's fields: accounts by pseudonym; a creator is called one."""
    if kind == "shop":
        return pseudonym(account_id), kind, target_id
    names = accounts([account_id, target_id])
    called = "creator" if is_creator(target_id) else kind
    return names[account_id].pseudonym, called, names[target_id].pseudonym
