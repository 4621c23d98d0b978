"""Who may act for a shop."""

from datetime import timedelta

import pytest

from laotie.kit import clock
from laotie.people.grants import actions, queries
from laotie.people.grants.contracts import SCOPES
from laotie.people.grants.errors import NoGrant
from tests.makers import make_account, make_operator, make_shop, make_staff

pytestmark = pytest.mark.django_db


def test_owner_may_all_and_a_stranger_nothing() -> None:
    owner, other = make_account(), make_account()
    shop = make_shop(owner)
    make_shop(other, "Other")
    assert [queries.may(owner.id, scope, shop.id) for scope in SCOPES] == [True] * len(SCOPES)
    assert [queries.may(other.id, scope, shop.id) for scope in SCOPES] == [False] * len(SCOPES)
    assert [queries.may(make_operator().id, scope, shop.id) for scope in SCOPES] == [False] * len(SCOPES)


def test_staff_may_what_was_granted() -> None:
    owner = make_account()
    shop = make_shop(owner)
    staff = make_staff(owner, shop, "goods", "care")
    assert [scope for scope in SCOPES if queries.may(staff.id, scope, shop.id)] == ["goods", "care"]
    with pytest.raises(NoGrant):
        queries.require(staff.id, "money", shop.id)


def test_a_grant_ends_by_the_clock_and_by_revoking() -> None:
    owner = make_account()
    shop = make_shop(owner)
    staff = make_staff(owner, shop)
    until = clock.now() + timedelta(days=1)
    actions.grant(owner.id, staff.id, "orders", shop.id, until)
    assert queries.may(staff.id, "orders", shop.id)
    with clock.travel(until):
        assert not queries.may(staff.id, "orders", shop.id)
    actions.revoke(owner.id, staff.id, "orders", shop.id)
    assert not queries.may(staff.id, "orders", shop.id)


def test_nobody_gives_more_than_they_have() -> None:
    owner = make_account()
    shop = make_shop(owner)
    staff = make_staff(owner, shop, "team")
    friend = make_account()
    with pytest.raises(NoGrant):
        actions.grant(staff.id, friend.id, "money", shop.id)
    actions.grant(staff.id, friend.id, "team", shop.id)
    assert queries.may(friend.id, "team", shop.id)
