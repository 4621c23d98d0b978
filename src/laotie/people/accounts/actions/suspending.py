"""Shutting an account out, and letting it in again."""

from uuid import UUID

from django.db import transaction

from laotie.people import words
from laotie.people.accounts.errors import CannotSuspend, NoSuchAccount
from laotie.people.accounts.models import Account
from laotie.people.accounts.queries import require_operator
from laotie.people.desk.actions import audit
from laotie.people.notices.actions import notify


@transaction.atomic
def suspend(operator_id: UUID, account_id: UUID, reason: str) -> None:
    """Shut an account out: sessions and keys stop at once, nothing of it is lost. Operators cannot be suspended.

    Raises OperatorsOnly, NoSuchAccount, CannotSuspend, BadWords.
    """
    require_operator(operator_id)
    reason = words.paragraphs(reason, "reason", at_least=5, at_most=1000)
    row = _held(account_id)
    if row.is_operator or not row.is_active:
        raise CannotSuspend
    row.is_active = False
    row.save(update_fields=["is_active"])
    audit(operator_id, "account.suspend", "account", account_id, {"reason": reason})
    notify(account_id, "account.suspended", "Your account was suspended: {reason}", {"reason": reason})


@transaction.atomic
def readmit(operator_id: UUID, account_id: UUID) -> None:
    """Let a suspended account in again. Raises OperatorsOnly, NoSuchAccount, CannotSuspend when it was erased."""
    require_operator(operator_id)
    row = _held(account_id)
    if row.erased_at is not None:
        raise CannotSuspend
    row.is_active = True
    row.save(update_fields=["is_active"])
    audit(operator_id, "account.readmit", "account", account_id)
    notify(account_id, "account.readmitted", "Your account is open again.", {})


def _held(account_id: UUID) -> Account:
    row = Account.objects.select_for_update().filter(pk=account_id).first()
    if row is None:
        raise NoSuchAccount
    return row
