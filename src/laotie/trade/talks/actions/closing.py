"""The operators' answer to a reported talk. They act through the desk, which judges, audits and tells."""

from uuid import UUID

from django.db import transaction

from laotie.people.accounts.queries import require_operator
from laotie.trade.talks.errors import NoSuchTalk
from laotie.trade.talks.models import TalkRow


@transaction.atomic
def close(operator_id: UUID, talk_id: UUID, reason: str) -> None:
    """Nobody can say anything in it any more. Raises OperatorsOnly, NoSuchTalk."""
    _write(operator_id, talk_id, reason)


@transaction.atomic
def reopen(operator_id: UUID, talk_id: UUID) -> None:
    """Let them talk again. Raises OperatorsOnly, NoSuchTalk."""
    _write(operator_id, talk_id, "")


def _write(operator_id: UUID, talk_id: UUID, reason: str) -> None:
    require_operator(operator_id)
    if not TalkRow.objects.filter(pk=talk_id).update(closed_reason=reason):
        raise NoSuchTalk
