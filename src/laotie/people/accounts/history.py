"""People of an imported history: many at once, with their own times, and nobody can sign in as one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Lower

from laotie.people.accounts.contracts import AccountJoined
from laotie.people.accounts.models import Account
from laotie.stream.outbox.actions import emit_past

NOWHERE = "history.invalid"  # a domain that no mail can reach (RFC 2606)


@dataclass(frozen=True, slots=True)
class PastAccount:
    """A person. `email` "" or one that somebody here has already: an address that no mail can reach."""

    id: UUID
    name: str
    email: str
    language: str
    joined_at: datetime


@transaction.atomic
def admit_history(people: Sequence[PastAccount]) -> int:
    """Make the accounts that are not there yet; returns how many."""
    known = set(Account.objects.filter(pk__in=[person.id for person in people]).values_list("pk", flat=True))
    taken = _taken(people)
    rows = [_row(person, taken) for person in people if person.id not in known]
    Account.objects.bulk_create(rows, batch_size=1000)
    emit_past((row.joined_at, AccountJoined(row.pseudonym, row.language)) for row in rows if row.pseudonym)
    return len(rows)


def _taken(people: Sequence[PastAccount]) -> set[str]:
    wanted = [person.email.lower() for person in people if person.email]
    known = Account.objects.annotate(folded=Lower("email")).filter(folded__in=wanted)
    return set(known.values_list("folded", flat=True))


def _row(person: PastAccount, taken: set[str]) -> Account:
    email = person.email.lower()
    return Account(
        id=person.id,
        name=person.name,
        email=email if email and email not in taken else f"{person.id.hex}@{NOWHERE}",
        language="zh-hans" if person.language.startswith("zh") else "en",
        joined_at=person.joined_at,
        password=make_password(None),
    )


@transaction.atomic
def let_in(account_id: UUID, password: str) -> None:
    """Let a person of a history sign in, with an address that counts as verified. Only the demo calls this."""
    row = Account.objects.get(pk=account_id)
    row.set_password(password)
    row.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=row, email=row.email, defaults={"verified": True, "primary": True})
