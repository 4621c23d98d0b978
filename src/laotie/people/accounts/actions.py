"""Writing accounts: joining, being known by another name, leaving."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from laotie.kit import market
from laotie.people import words
from laotie.people.accounts import queries
from laotie.people.accounts.contracts import AccountView
from laotie.people.accounts.errors import EmailTaken
from laotie.people.accounts.models import Account

__all__ = ["make_operator", "rename", "sign_up"]


def sign_up(email: str, password: str | None, name: str, language: str = "") -> AccountView:
    """Make an account whose address counts as verified (command line, demo, tests; visitors use the sign-up page).

    Without a password nobody can sign in until one is set by mail. Raises EmailTaken, BadWords.
    """
    name = words.line(name, "name", at_most=40)
    try:
        with transaction.atomic():
            row = Account.objects.create_user(email, password, name=name, language=language or _language())
            EmailAddress.objects.create(user=row, email=row.email, verified=True, primary=True)
    except IntegrityError as error:
        raise EmailTaken(field="email") from error
    return queries.view(row)


def make_operator(account_id: UUID) -> None:
    """Let an account run the market. Only the command line and the demo call this."""
    Account.objects.filter(pk=account_id).update(is_operator=True)


def rename(account_id: UUID, name: str) -> None:
    """Change the name others see. Raises BadWords."""
    Account.objects.filter(pk=account_id).update(name=words.line(name, "name", at_most=40))


def _language() -> str:
    return "zh-hans" if market.current().language == "zh" else "en"
