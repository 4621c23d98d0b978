"""Reading creators."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from laotie.people.creators import contracts
from laotie.people.creators.errors import NoSuchCreator
from laotie.people.creators.models import Creator


def creator(account_id: UUID) -> contracts.Creator:
    """Raises NoSuchCreator."""
    found = creators([account_id])
    if account_id not in found:
        raise NoSuchCreator
    return found[account_id]


def creators(account_ids: Iterable[UUID]) -> dict[UUID, contracts.Creator]:
    """Those of `account_ids` that are creators."""
    return {row.pk: view(row) for row in _rows().filter(pk__in=set(account_ids))}


def creator_by_slug(slug: str) -> contracts.Creator:
    """Raises NoSuchCreator."""
    row = _rows().filter(slug=slug).first()
    if row is None:
        raise NoSuchCreator
    return view(row)


def is_creator(account_id: UUID) -> bool:
    """Whether the account is a creator."""
    return Creator.objects.filter(pk=account_id).exists()


def is_own(account_id: UUID, creator_id: UUID) -> bool:
    """Whether the account is that creator: it may do everything for itself."""
    return account_id == creator_id and is_creator(account_id)


def view(row: Creator) -> contracts.Creator:
    """The contract of a row."""
    account = row.account
    return contracts.Creator(row.pk, row.slug, account.name, account.face, row.persona, row.intro, row.joined_at)


def _rows() -> QuerySet[Creator]:
    return Creator.objects.select_related("account")
