"""Shutting an account out, and letting it in again. The callers have judged whether they may."""

from uuid import UUID

from django.db import transaction

from laotie.people.accounts.errors import CannotSuspend, NoSuchAccount
from laotie.people.accounts.models import Account


@transaction.atomic
def shut_out(account_id: UUID) -> None:
    """Its sessions and keys stop at once. Raises NoSuchAccount, CannotSuspend: of operators, or of who is out."""
    row = _held(account_id)
    if row.is_operator or not row.is_active:
        raise CannotSuspend
    _now(row, active=False)


@transaction.atomic
def let_back_in(account_id: UUID) -> None:
    """It may sign in again. Raises NoSuchAccount, CannotSuspend when it was erased."""
    row = _held(account_id)
    if row.erased_at is not None:
        raise CannotSuspend
    _now(row, active=True)


def _now(row: Account, *, active: bool) -> None:
    row.is_active = active
    row.save(update_fields=["is_active"])


def _held(account_id: UUID) -> Account:
    row = Account.objects.select_for_update().filter(pk=account_id).first()
    if row is None:
        raise NoSuchAccount
    return row
