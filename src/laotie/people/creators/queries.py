"""Reading creators."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

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


def called(names: Iterable[str]) -> dict[str, contracts.Creator]:
    """The creators that are meant by `names`, each by its page's address (or what ends it), or by a name that only one
    creator bears. Names that mean nobody, or several, are not among the keys."""
    asked = {name: name.strip().rstrip("/").rpartition("/")[2].lstrip("@") for name in names}
    meant = set(asked.values())
    rows = [view(row) for row in _rows().filter(Q(slug__in=meant) | Q(account__name__in=meant))]
    slugs, bearing = {each.slug: each for each in rows}, Counter(each.name for each in rows)
    alone = {each.name: each for each in rows if bearing[each.name] == 1}
    return {name: (alone | slugs)[word] for name, word in asked.items() if word in alone or word in slugs}


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
