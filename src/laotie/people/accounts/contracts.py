"""What other slices know of an account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from laotie.stream.facts import Fact, fact

NOBODY = UUID(int=0)
"""The pseudonym of every erased account: later facts about it cannot be joined to it, nor to each other."""


@dataclass(frozen=True, slots=True)
class AccountView:
    """A person who signs in. `name` is "" once the person has been erased; `face` is a kit.pictures id."""

    id: UUID
    pseudonym: UUID
    name: str
    email: str
    language: str
    is_operator: bool
    face: UUID | None
    joined_at: datetime
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A slice's part in the rights of a person: `export` gives what it holds (JSON values), `erase` clears it.

    Both take the account's id. `erase` runs in the transaction that erases the account, and keeps money facts.
    """

    name: str
    export: Callable[[UUID], Any]
    erase: Callable[[UUID], None]


@dataclass(frozen=True, slots=True)
class Role:
    """What an account may be beside a buyer. `first_page(account_id)`: where its work begins, "" for who is it not.

    Whoever `acts_for_others` is asked for a second step at sign-in.
    """

    name: str
    first_page: Callable[[UUID], str]
    acts_for_others: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A personal key to the REST interface, without the key itself."""

    id: UUID
    name: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    is_live: bool


@fact("account.joined", version=1)
@dataclass(frozen=True, slots=True)
class AccountJoined(Fact):
    """Someone joined the market; `account` is the pseudonym."""

    account: UUID
    language: str
