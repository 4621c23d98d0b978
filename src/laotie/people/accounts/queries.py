"""Reading accounts."""

from collections.abc import Iterable
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from laotie.kit import clock
from laotie.people.accounts.contracts import NOBODY, AccountView, Token
from laotie.people.accounts.errors import NoSuchAccount, OperatorsOnly
from laotie.people.accounts.models import Account, ApiToken


def account(account_id: UUID) -> AccountView:
    """One account, erased ones too. Raises NoSuchAccount."""
    found = accounts([account_id])
    if account_id not in found:
        raise NoSuchAccount
    return found[account_id]


def accounts(account_ids: Iterable[UUID]) -> dict[UUID, AccountView]:
    """Those of `account_ids` that exist."""
    return {row.pk: view(row) for row in Account.objects.filter(pk__in=set(account_ids))}


def by_pseudonyms(pseudonyms: Iterable[UUID]) -> dict[UUID, AccountView]:
    """Accounts by the names that facts know them by; erased ones are left out."""
    rows = Account.objects.filter(pseudonym__in=set(pseudonyms), erased_at=None)
    return {view(row).pseudonym: view(row) for row in rows}


def account_by_email(email: str) -> AccountView:
    """The account that signs in with `email`, in any case. Raises NoSuchAccount."""
    row = Account.objects.filter(email=email.strip().lower()).first()
    if row is None:
        raise NoSuchAccount
    return view(row)


def pseudonym(account_id: UUID) -> UUID:
    """The name facts know the account by; NOBODY once it has been erased. Raises NoSuchAccount."""
    return account(account_id).pseudonym


def by_pseudonym(pseudonyms: Iterable[UUID]) -> dict[UUID, UUID]:
    """The accounts that facts know by `pseudonyms`; those of erased people are nobody's."""
    rows = Account.objects.filter(pseudonym__in=set(pseudonyms)).values_list("pseudonym", "pk")
    return {name: pk for name, pk in rows if name}


def require_operator(account_id: UUID) -> None:
    """Raises OperatorsOnly for everyone else."""
    if not Account.objects.filter(pk=account_id, is_operator=True, is_active=True).exists():
        raise OperatorsOnly


def tokens(account_id: UUID) -> list[Token]:
    """The account's keys that still work, newest first."""
    rows = ApiToken.objects.filter(account_id=account_id, revoked_at=None, expires_at__gt=clock.now())
    return [token_view(row) for row in rows.order_by("-made_at")]


def token_view(row: ApiToken) -> Token:
    """The contract of a row."""
    live = row.revoked_at is None and row.expires_at > clock.now()
    return Token(row.pk, row.name, row.made_at, row.expires_at, row.used_at, live)


def has_second_step(account_id: UUID) -> bool:
    """Whether signing in asks for more than the password."""
    return bool(Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.TOTP).exists())


def search(operator_id: UUID, words: str) -> QuerySet[Account]:
    """Accounts whose name or address holds `words`, newest first; operators only. Raises OperatorsOnly."""
    require_operator(operator_id)
    found = Account.objects.filter(erased_at=None).order_by("-joined_at", "-pk")
    return found.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else found


def is_suspended(account_id: UUID) -> bool:
    """Whether the account was shut out by the operators (an erased one was not)."""
    return Account.objects.filter(pk=account_id, is_active=False, erased_at=None).exists()


def view(row: Account) -> AccountView:
    """The contract of a row."""
    return AccountView(
        id=row.pk,
        pseudonym=row.pseudonym or NOBODY,
        name=row.name,
        email=row.email if row.erased_at is None else "",
        language=row.language,
        is_operator=row.is_operator,
        face=row.face,
        joined_at=row.joined_at,
        is_erased=row.erased_at is not None,
    )
