"""How an account comes to be."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from laotie.kit import clock, market
from laotie.people import words
from laotie.people.accounts import queries
from laotie.people.accounts.contracts import AccountJoined, AccountView
from laotie.people.accounts.errors import BadEmail, EmailTaken, NoSuchAccount
from laotie.people.accounts.models import Account
from laotie.stream.outbox.actions import emit


def sign_up(
    email: str, password: str | None, name: str, language: str = "", joined_at: datetime | None = None
) -> AccountView:
    """Make an account whose address counts as verified (command line, demo, import; visitors use the sign-up page).

    Without a password nobody can sign in until one is set by mail. Raises BadEmail, EmailTaken, BadWords.
    """
    email = _checked(email)
    name = words.line(name, "name", at_most=40)
    try:
        with transaction.atomic():
            row = Account.objects.create_user(
                email, password, name=name, language=language or house_language(), joined_at=joined_at or clock.now()
            )
            EmailAddress.objects.create(user=row, email=row.email, verified=True, primary=True)
            joined(row.pk)
    except IntegrityError as error:
        raise EmailTaken(field="email") from error
    return queries.view(row)


def joined(account_id: UUID) -> None:
    """Record that an account came to be, in the transaction that made it."""
    row = Account.objects.get(pk=account_id)
    assert row.pseudonym is not None
    emit(AccountJoined(account=row.pseudonym, language=row.language), occurred_at=row.joined_at)


def hold(account_id: UUID) -> None:
    """Make this transaction wait for others that hold the same account: what one account does, it does in turn."""
    if Account.objects.select_for_update().filter(pk=account_id).first() is None:
        raise NoSuchAccount


def make_operator(account_id: UUID) -> None:
    """Let an account run the market. Only the command line and the demo call this."""
    Account.objects.filter(pk=account_id).update(is_operator=True)


def house_language() -> str:
    """The language of the market itself, for people who have not said theirs."""
    return "zh-hans" if market.current().language == "zh" else "en"


def _checked(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadEmail(field="email") from error
    return email
