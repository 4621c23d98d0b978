"""The rights of a person over personal data: take a copy, and be forgotten.

Other slices take part by `hold_personal_data` (bound in `runtime.bindings`), so that nothing here knows who they are.
"""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction

from laotie.kit import clock
from laotie.people.accounts import queries
from laotie.people.accounts.contracts import PersonalData
from laotie.people.accounts.errors import BadPassword, NoSuchAccount
from laotie.people.accounts.models import Account, ApiToken

_parts: dict[str, PersonalData] = {}


def hold_personal_data(part: PersonalData) -> None:
    """Let a slice take part in export and erasure; the same name again replaces it."""
    _parts[part.name] = part


def export(account_id: UUID) -> dict[str, Any]:
    """Everything the market holds about a person, as JSON values, by slice."""
    row = Account.objects.get(pk=account_id)
    mine = {
        "id": str(row.pk),
        "pseudonym": str(row.pseudonym),
        "name": row.name,
        "email": row.email,
        "language": row.language,
        "joined_at": row.joined_at.isoformat(),
        "last_sign_in": row.last_login.isoformat() if row.last_login else None,
        "face": str(row.face) if row.face else None,
        "keys": [{"name": token.name, "made_at": token.made_at.isoformat()} for token in queries.tokens(account_id)],
    }
    return {"made_at": clock.now().isoformat(), "account": mine} | {
        name: part.export(account_id) for name, part in sorted(_parts.items())
    }


@transaction.atomic
def erase(account_id: UUID, password: str) -> None:
    """Forget a person for good: personal data, the way in and the key of the pseudonym. Money facts stay.

    Raises BadPassword, and whatever a part raises when it cannot let go yet (LastOwner).
    """
    # "No key": a step of an order holds the order and tells its buyer, which must not wait for us who wait for it.
    row = Account.objects.select_for_update(no_key=True).filter(pk=account_id, erased_at=None).first()
    if row is None:
        raise NoSuchAccount
    if not row.check_password(password):
        raise BadPassword(field="password")
    for part in _parts.values():
        part.erase(account_id)
    _close_the_door(row)
    row.name, row.email, row.pseudonym, row.face = "", f"{row.pk}@erased.invalid", None, None
    row.is_active, row.is_operator, row.is_superuser = False, False, False
    row.password, row.last_login, row.erased_at = make_password(None), None, clock.now()
    row.save()


def _close_the_door(row: Account) -> None:
    EmailAddress.objects.filter(user=row).delete()
    Authenticator.objects.filter(user=row).delete()
    ApiToken.objects.filter(account=row).delete()
    for session in UserSession.objects.filter(user=row):
        session.end()
