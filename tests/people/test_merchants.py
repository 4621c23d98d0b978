"""Shops: applying, the answer, the team."""

import pytest

from laotie.people.accounts.errors import OperatorsOnly
from laotie.people.audit.models import Audit
from laotie.people.grants.errors import NoGrant
from laotie.people.grants.queries import may, scopes_of
from laotie.people.merchants import actions, queries
from laotie.people.merchants.actions.inviting import key_of
from laotie.people.merchants.errors import (
    AlreadyAnswered,
    AlreadyApplied,
    AlreadyMember,
    LastOwner,
    NoSuchInvitation,
    OwnersOnly,
    ShopClosed,
)
from laotie.people.notices import queries as notices
from laotie.people.words import BadWords
from laotie.stream.outbox.models import OutboxRow
from tests.makers import make_account, make_operator, make_shop, make_staff

pytestmark = pytest.mark.django_db


def facts(prefix: str) -> list[str]:
    return list(OutboxRow.objects.filter(kind__startswith=prefix).order_by("position").values_list("kind", flat=True))


def test_one_application_at_a_time() -> None:
    owner = make_account()
    actions.apply(owner.id, "Tea House", "", "Fuding")
    with pytest.raises(AlreadyApplied) as refused:
        actions.apply(owner.id, "Another", "", "")
    assert refused.value.data == {"name": "Tea House"}
    assert [shop.name for shop in queries.waiting()] == ["Tea House"]


def test_a_no_says_why_and_can_be_answered_by_applying_again() -> None:
    owner, operator = make_account(), make_operator()
    first = actions.apply(owner.id, "Tea House", "", "Fuding")
    actions.reject(operator.id, first.id, "Say where the tea grows.")
    rejected = queries.shop(first.id)
    assert (rejected.status, rejected.answer) == ("rejected", "Say where the tea grows.")
    again = actions.apply(owner.id, "Tea House", "From our own hill in Fuding.", "Fuding")
    assert (again.id, again.status, again.answer) == (first.id, "applied", "")
    actions.approve(operator.id, again.id)
    assert queries.shop(first.id).is_open
    assert facts("merchant.") == ["merchant.applied", "merchant.rejected", "merchant.applied", "merchant.approved"]
    acts = list(Audit.objects.filter(object_id=first.id).order_by("at").values_list("act", flat=True))
    assert acts == ["merchant.reject", "merchant.approve"]
    told = notices.notices(owner.id)
    assert [notice.data for notice in told] == [
        {"shop": "Tea House"},
        {"shop": "Tea House", "reason": "Say where the tea grows."},
    ]


def test_only_operators_answer_and_only_once() -> None:
    owner, operator = make_account(), make_operator()
    shop = actions.apply(owner.id, "Tea House", "", "")
    for someone in (owner, make_account()):
        with pytest.raises(OperatorsOnly):
            actions.approve(someone.id, shop.id)
        with pytest.raises(OperatorsOnly):
            actions.reject(someone.id, shop.id, "because of it")
    actions.approve(operator.id, shop.id)
    with pytest.raises(AlreadyAnswered):
        actions.reject(operator.id, shop.id, "because of it")
    assert queries.shop(shop.id).is_open


def test_two_shops_of_one_name_have_two_addresses() -> None:
    one, other = make_shop(make_account(), "Tea House"), make_shop(make_account(), "Tea House")
    assert one.slug == "tea-house"
    assert other.slug.startswith("tea-house-")
    assert make_shop(make_account(), "茶馆").slug.startswith("shop-")


def test_words_of_a_shop_are_bounded_and_clean() -> None:
    owner = make_account()
    shop = make_shop(owner)
    for name in ("x", "y" * 81, " \x00 "):
        with pytest.raises(BadWords) as refused:
            actions.edit(owner.id, shop.id, name=name, intro="", ships_from="")
        assert refused.value.field == "name"
    changed = actions.edit(owner.id, shop.id, name=" Sea\x00 \n food ", intro="a\r\nb", ships_from="")
    assert (changed.name, changed.intro) == ("Sea food", "a\nb")


def test_a_shop_always_keeps_an_owner() -> None:
    owner = make_account()
    shop = make_shop(owner)
    partner = make_staff(owner, shop)
    with pytest.raises(LastOwner):
        actions.remove_member(owner.id, shop.id, owner.id)
    with pytest.raises(LastOwner):
        actions.step_down(owner.id, shop.id)
    actions.make_owner(owner.id, shop.id, partner.id)
    actions.step_down(owner.id, shop.id)
    assert [(m.account_id, m.role) for m in queries.team(shop.id)] == [(partner.id, "owner"), (owner.id, "staff")]
    with pytest.raises(NoGrant):
        actions.remove_member(owner.id, shop.id, partner.id)
    assert not may(owner.id, "goods", shop.id)


def test_staff_with_team_cannot_remove_an_owner() -> None:
    owner = make_account()
    shop = make_shop(owner)
    partner, staff = make_staff(owner, shop), make_staff(owner, shop, "team")
    actions.make_owner(owner.id, shop.id, partner.id)
    with pytest.raises(OwnersOnly):
        actions.remove_member(staff.id, shop.id, partner.id)
    assert queries.owns(partner.id, shop.id)


def test_leaving_ends_the_grants() -> None:
    owner = make_account()
    shop = make_shop(owner)
    staff = make_staff(owner, shop, "goods", "care")
    actions.remove_member(staff.id, shop.id, staff.id)
    assert scopes_of(staff.id, shop.id) == []
    assert not queries.is_member(staff.id, shop.id)
    assert facts("grant.") == ["grant.given", "grant.given", "grant.revoked", "grant.revoked"]


def test_an_invitation_is_taken_once_by_who_holds_the_link() -> None:
    owner, guest = make_account(), make_account()
    shop = make_shop(owner)
    offered = actions.invite(owner.id, shop.id, "Guest@Example.com", ["care", "orders"])
    assert offered.email == "guest@example.com"
    with pytest.raises(NoSuchInvitation):
        actions.accept(guest.id, key_of(offered.id) + "x")
    assert actions.accept(guest.id, key_of(offered.id)).id == shop.id
    assert scopes_of(guest.id, shop.id) == ["orders", "care"]
    with pytest.raises(NoSuchInvitation):
        actions.accept(make_account().id, key_of(offered.id))


def test_an_invitation_can_be_withdrawn_and_is_replaced_by_a_second() -> None:
    owner = make_account()
    shop = make_shop(owner)
    first = actions.invite(owner.id, shop.id, "guest@example.com", [])
    second = actions.invite(owner.id, shop.id, "guest@example.com", ["care"])
    assert [each.id for each in queries.invitations(shop.id)] == [second.id]
    actions.withdraw(owner.id, shop.id, second.id)
    for offered in (first, second):
        with pytest.raises(NoSuchInvitation):
            actions.accept(make_account().id, key_of(offered.id))


def test_an_invitation_gives_no_more_than_its_giver_still_has() -> None:
    owner, guest = make_account(), make_account()
    shop = make_shop(owner)
    staff = make_staff(owner, shop, "team", "care")
    with pytest.raises(NoGrant):
        actions.invite(staff.id, shop.id, "guest@example.com", ["money"])
    offered = actions.invite(staff.id, shop.id, "guest@example.com", ["care"])
    actions.remove_member(owner.id, shop.id, staff.id)
    actions.accept(guest.id, key_of(offered.id))
    assert scopes_of(guest.id, shop.id) == []
    with pytest.raises(AlreadyMember):
        actions.add_member(owner.id, shop.id, guest.id)


def test_closing_is_for_owners_and_for_good() -> None:
    owner = make_account()
    shop = make_shop(owner)
    staff = make_staff(owner, shop, "goods")
    with pytest.raises(OwnersOnly):
        actions.close(staff.id, shop.id)
    actions.close(owner.id, shop.id)
    with pytest.raises(ShopClosed):
        actions.edit(owner.id, shop.id, name="New name", intro="", ships_from="")
    assert may(owner.id, "orders", shop.id)
