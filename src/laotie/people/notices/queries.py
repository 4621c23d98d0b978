"""Reading notices: always of one account."""

from typing import Any
from uuid import UUID

from laotie.people.accounts.queries import accounts
from laotie.people.notices import contracts
from laotie.people.notices.errors import NoSuchNotice
from laotie.people.notices.kinds import KINDS, kind_of
from laotie.people.notices.models import Notice, Preference


def notices(account_id: UUID, *, limit: int = 30, offset: int = 0) -> list[contracts.Notice]:
    """The account's notices, newest first, names of people filled in."""
    rows = list(Notice.objects.filter(account_id=account_id).order_by("-at", "-pk")[offset : offset + limit])
    return views(rows)


def notice_for(account_id: UUID, notice_id: UUID) -> contracts.Notice:
    """One of the account's own. Raises NoSuchNotice for any other."""
    row = Notice.objects.filter(pk=notice_id, account_id=account_id).first()
    if row is None:
        raise NoSuchNotice
    return views([row])[0]


def count(account_id: UUID) -> int:
    """How many notices the account has."""
    return Notice.objects.filter(account_id=account_id).count()


def unread(account_id: UUID) -> int:
    """How many the account has not read."""
    return Notice.objects.filter(account_id=account_id, read_at=None).count()


def mailed_kinds(account_id: UUID) -> dict[str, bool]:
    """For every kind, whether it also goes by e-mail."""
    chosen = dict(Preference.objects.filter(account_id=account_id).values_list("kind", "by_email"))
    return {kind.name: chosen.get(kind.name, kind.by_email) for kind in KINDS}


def wants_mail(account_id: UUID, kind: str) -> bool:
    """Whether a notice of this kind also goes by e-mail."""
    known = kind_of(kind)
    row = Preference.objects.filter(account_id=account_id, kind=known.name).first()
    return known.by_email if row is None else row.by_email


def views(rows: list[Notice]) -> list[contracts.Notice]:
    """The contracts of rows. People are kept in `data` by id, so that an erased person's name is nowhere."""
    people = accounts({UUID(value["account"]) for row in rows for value in row.data.values() if _is_person(value)})
    names = {str(account_id): account.name for account_id, account in people.items()}
    return [
        contracts.Notice(
            id=row.pk,
            kind=kind_of(row.kind).name,
            sentence=row.sentence,
            data={name: names.get(v["account"], "") if _is_person(v) else v for name, v in row.data.items()},
            link=row.link,
            at=row.at,
            is_read=row.read_at is not None,
        )
        for row in rows
    ]


def _is_person(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"account"}
