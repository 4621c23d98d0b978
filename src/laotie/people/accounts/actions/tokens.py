"""Personal keys to the REST interface: made, shown once, revoked."""

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction

from laotie.kit import clock
from laotie.people import words
from laotie.people.accounts import queries
from laotie.people.accounts.contracts import Token
from laotie.people.accounts.errors import BadTerm, NoSuchToken, TooManyTokens
from laotie.people.accounts.models import Account, ApiToken

PREFIX = "laotie_"  # lets secret scanners know one of ours when it leaks
MOST_DAYS = 365
MOST_TOKENS = 20
# Asked before every answer over REST; composed by the ORM each time, it cost a third of what placing an order costs.
FIELDS = [field.attname for field in Account._meta.concrete_fields]
HOLDER = f"SELECT {', '.join(FIELDS)} FROM accounts_holder(%s, %s)"  # noqa: S608  of its own columns


@transaction.atomic
def make_token(account_id: UUID, name: str, days: int) -> tuple[Token, str]:
    """A key that works for `days` (1–365), and the key itself, which is never shown again.

    Raises BadWords, BadTerm, TooManyTokens.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadTerm(field="days", most=MOST_DAYS)
    Account.objects.select_for_update().get(pk=account_id)  # two at once must not pass the limit together
    if len(queries.tokens(account_id)) >= MOST_TOKENS:
        raise TooManyTokens(most=MOST_TOKENS)
    key = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    row = ApiToken.objects.create(
        account_id=account_id,
        name=words.line(name, "name", at_most=60),
        digest=digest(key),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return queries.token_view(row), key


def revoke_token(account_id: UUID, token_id: UUID) -> None:
    """End one of the account's own keys at once. Raises NoSuchToken."""
    mine = ApiToken.objects.filter(pk=token_id, account_id=account_id, revoked_at=None)
    if not mine.update(revoked_at=clock.now()):
        raise NoSuchToken


def holder(key: str) -> Account | None:
    """Whose live key this is; marks it used at most once a minute, so that reading does not write each time."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDER, [digest(key), clock.now()])
        row = cursor.fetchone()
    return None if row is None else Account.from_db(connection.alias, FIELDS, row)


def digest(key: str) -> str:
    """What is kept of a key: 256 random bits need no salt and no slow hash."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
