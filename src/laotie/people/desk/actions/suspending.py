"""Shutting an account out, and letting it in again."""

from uuid import UUID

from django.db import transaction

from laotie.people import words
from laotie.people.accounts import actions as accounts
from laotie.people.accounts.queries import require_operator
from laotie.people.audit.actions import audit
from laotie.people.notices.actions import notify


@transaction.atomic
def suspend(operator_id: UUID, account_id: UUID, reason: str) -> None:
    """Shut an account out: sessions and keys stop at once, nothing of it is lost. Operators cannot be suspended.

    Raises OperatorsOnly, NoSuchAccount, CannotSuspend, BadWords.
    """
    require_operator(operator_id)
    reason = words.paragraphs(reason, "reason", at_least=5, at_most=1000)
    accounts.shut_out(account_id)
    audit(operator_id, "account.suspend", "account", account_id, {"reason": reason})
    notify(account_id, "account.suspended", "Your account was suspended: {reason}", {"reason": reason})


@transaction.atomic
def readmit(operator_id: UUID, account_id: UUID) -> None:
    """Let a suspended account in again. Raises OperatorsOnly, NoSuchAccount, CannotSuspend when it was erased."""
    require_operator(operator_id)
    accounts.let_back_in(account_id)
    audit(operator_id, "account.readmit", "account", account_id)
    notify(account_id, "account.readmitted", "Your account is open again.", {})
