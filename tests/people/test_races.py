"""What two people do at the same moment, forced to meet in the middle."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from laotie.kit.errors import MarketError
from laotie.people.accounts.actions import make_token
from laotie.people.accounts.actions import tokens as token_actions
from laotie.people.accounts.errors import TooManyTokens
from laotie.people.accounts.queries import tokens
from laotie.people.addresses import actions as addresses
from laotie.people.addresses.queries import addresses as addresses_of
from laotie.people.creators import actions as creators
from laotie.people.creators.errors import SlugTaken
from laotie.people.merchants import actions as merchants
from laotie.people.merchants import queries as shops
from laotie.people.merchants.actions.inviting import key_of
from laotie.people.merchants.errors import AlreadyApplied, LastOwner, NoSuchInvitation
from tests.makers import make_account, make_address, make_shop, make_staff

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """
    SELECT count(*) FROM pg_locks waiting
    JOIN pg_stat_activity who USING (pid)
    WHERE NOT waiting.granted AND who.datname = current_database()
"""


def meet(first: Callable[[], Any], second: Callable[[], Any]) -> MarketError | None:
    """Run `first`, hold its transaction open until `second` waits for it (or is done), then commit.

    Returns what `second` was refused with.
    """
    acted, go_on = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                first()
                acted.set()
                assert go_on.wait(20)
        finally:
            connection.close()

    def follow() -> MarketError | None:
        try:
            assert acted.wait(20)
            second()
        except MarketError as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        held, followed = pool.submit(hold), pool.submit(follow)
        _until_waiting_or_done(followed)
        go_on.set()
        held.result(20)
        return followed.result(20)


def _until_waiting_or_done(followed: "Future[Any]") -> None:
    """PostgreSQL says when the second waits for a lock of the first."""
    while not followed.done():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return


def test_two_owners_cannot_both_leave() -> None:
    owner = make_account()
    shop = make_shop(owner)
    partner = make_staff(owner, shop)
    merchants.make_owner(owner.id, shop.id, partner.id)
    refused = meet(
        lambda: merchants.remove_member(owner.id, shop.id, owner.id),
        lambda: merchants.remove_member(partner.id, shop.id, partner.id),
    )
    assert isinstance(refused, LastOwner)
    assert [member.account_id for member in shops.team(shop.id)] == [partner.id]


def test_two_applications_at_once_are_one() -> None:
    person = make_account()
    refused = meet(
        lambda: merchants.apply(person.id, "Tea House", "", ""),
        lambda: merchants.apply(person.id, "Nut House", "", ""),
    )
    assert isinstance(refused, AlreadyApplied)
    assert [shop.name for shop in shops.waiting()] == ["Tea House"]


def test_an_invitation_is_taken_by_one_of_two() -> None:
    owner, one, other = make_account(), make_account(), make_account()
    shop = make_shop(owner)
    key = key_of(merchants.invite(owner.id, shop.id, "guest@example.com", ["care"]).id)
    refused = meet(lambda: merchants.accept(one.id, key), lambda: merchants.accept(other.id, key))
    assert isinstance(refused, NoSuchInvitation)
    assert not shops.is_member(other.id, shop.id)


def test_two_first_addresses_have_one_default() -> None:
    person = make_account()
    assert meet(lambda: make_address(person), lambda: make_address(person)) is None
    assert [address.is_default for address in addresses_of(person.id)] == [True, False]
    one, other = (address.id for address in addresses_of(person.id))
    assert meet(
        lambda: addresses.make_default(person.id, other), lambda: addresses.make_default(person.id, one)
    ) is None  # fmt: skip
    assert [address.id for address in addresses_of(person.id)] == [one, other]


def test_one_page_address_for_one_creator() -> None:
    one, other = make_account(), make_account()
    refused = meet(
        lambda: creators.join(one.id, "tea", "Tea from Fuding"), lambda: creators.join(other.id, "tea", "Tea of Anxi")
    )
    assert isinstance(refused, SlugTaken)


def test_the_limit_of_keys_holds_for_two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_actions, "MOST_TOKENS", 1)
    person = make_account()
    refused = meet(lambda: make_token(person.id, "one", 1), lambda: make_token(person.id, "two", 1))
    assert isinstance(refused, TooManyTokens)
    assert [token.name for token in tokens(person.id)] == ["one"]
