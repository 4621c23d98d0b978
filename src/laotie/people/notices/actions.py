"""Telling an account something, and what it has read."""

from typing import Any
from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.people.notices import queries
from laotie.people.notices.errors import BadKind, NoSuchNotice
from laotie.people.notices.kinds import KINDS
from laotie.people.notices.mail import send
from laotie.people.notices.models import Notice, Preference

__all__ = ["choose", "forget", "notify", "person", "read", "read_all", "send"]


@transaction.atomic
def notify(account_id: UUID, kind: str, sentence: str, data: dict[str, Any], link: str = "") -> None:
    """Put a notice in the account's list, and mail it where the account wants that, in the transaction of its cause.

    `sentence` is an English msgid with {places} that `data` (JSON values, or `person(account_id)`) fills; it is
    translated for its reader. `link` is an address in this market, beginning with "/".
    """
    row = Notice.objects.create(
        account_id=account_id, kind=kind, sentence=sentence, data=data, link=link, at=clock.now()
    )
    if queries.wants_mail(account_id, kind):
        from laotie.people.notices.tasks import mail_notice

        mail_notice.defer(notice_id=str(row.pk))


def person(account_id: UUID) -> dict[str, str]:
    """A place of a sentence that shows the account's name as it is when the sentence is read."""
    return {"account": str(account_id)}


def read(account_id: UUID, notice_id: UUID) -> None:
    """Mark one of the account's own as read. Raises NoSuchNotice."""
    mine = Notice.objects.filter(pk=notice_id, account_id=account_id)
    if not mine.filter(read_at=None).update(read_at=clock.now()) and not mine.exists():
        raise NoSuchNotice


def read_all(account_id: UUID) -> None:
    """Mark all as read."""
    Notice.objects.filter(account_id=account_id, read_at=None).update(read_at=clock.now())


@transaction.atomic
def choose(account_id: UUID, kind: str, by_email: bool) -> None:
    """Say whether a kind also goes by e-mail. Raises BadKind."""
    if kind not in {known.name for known in KINDS}:
        raise BadKind(field="kind")
    Preference.objects.update_or_create(account_id=account_id, kind=kind, defaults={"by_email": by_email})


def forget(account_id: UUID) -> None:
    """Forget every notice and choice (when the person is erased)."""
    Notice.objects.filter(account_id=account_id).delete()
    Preference.objects.filter(account_id=account_id).delete()
