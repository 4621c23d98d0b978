"""Telling an account something."""

from typing import Any
from uuid import UUID

from laotie.kit import clock
from laotie.people.notices.models import Notice

__all__ = ["notify"]


def notify(account_id: UUID, kind: str, sentence: str, data: dict[str, Any], link: str = "") -> None:
    """Put a notice in the account's list, in the transaction of its cause.

    `sentence` is an English msgid with {places} that `data` (JSON values) fills; it is translated for its reader.
    """
    Notice.objects.create(account_id=account_id, kind=kind, sentence=sentence, data=data, link=link, at=clock.now())
