"""Taking one's data along, and being forgotten."""

import json

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client

from laotie.people.accounts import actions
from laotie.people.accounts.contracts import NOBODY
from laotie.people.accounts.errors import BadPassword, NoSuchAccount
from laotie.people.accounts.models import Account
from laotie.people.accounts.queries import account, pseudonym
from laotie.people.creators import actions as creators
from laotie.people.follows import actions as follows
from laotie.people.follows.models import Follow
from laotie.people.merchants import actions as merchants
from laotie.people.merchants import queries as shops
from laotie.people.merchants.errors import LastOwner
from laotie.people.notices.queries import notices
from laotie.people.saved import actions as saved
from laotie.stream.outbox.models import OutboxRow
from tests.makers import PASSWORD, make_account, make_address, make_shop, make_staff

pytestmark = pytest.mark.django_db
SECRETS = ("Marigold", "marigold@example.com", "West Lake", "13800000000", "mari-gold", "Tea from")


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def make_full_account():
    """Someone of whom every slice of people holds something."""
    person = make_account("Marigold", email="marigold@example.com", password=PASSWORD)
    friend, shop = make_account("Friend"), make_shop(make_account("Owner"))
    make_address(person)
    creators.join(person.id, "mari-gold", "Tea from Fuding")
    follows.follow(person.id, "shop", shop.id)
    follows.follow(person.id, "account", friend.id)
    follows.follow(friend.id, "creator", person.id)
    saved.save(person.id, shop.id)
    actions.make_token(person.id, "Marigold's script", 30)
    return person, friend


def everything_kept() -> str:
    """All rows of all tables of people and stream, as text."""
    from django.apps import apps

    rows = []
    for model in apps.get_models():
        if model.__module__.startswith(("laotie.people", "allauth", "django.contrib.sessions")):
            rows += [json.dumps(list(model.objects.values_list()), default=str)]
    return "\n".join(rows)


def test_the_export_holds_everything() -> None:
    person, friend = make_full_account()
    data = actions.export(person.id)
    assert data["account"]["email"] == "marigold@example.com"
    assert data["account"]["pseudonym"] == str(person.pseudonym)
    assert [address["street"] for address in data["addresses"]] == ["1 West Lake Road"]
    assert {each["target"] for each in data["follows"]["follows"]} == {str(friend.id), data["saved"][0]}
    assert [each["account"] for each in data["follows"]["followers"]] == [str(friend.id)]
    assert data["creators"]["slug"] == "mari-gold"
    assert len(data["saved"]) == 1
    assert [notice["data"] for notice in data["notices"]["notices"]] == [{"person": "Friend"}]
    assert json.loads(json.dumps(data)) == data


def test_erasing_leaves_nothing_personal(client: Client) -> None:
    person, friend = make_full_account()
    client.post("/account/login/", {"login": "marigold@example.com", "password": PASSWORD})
    before = everything_kept()
    assert all(secret in before for secret in SECRETS)
    client.post("/me/erase", {"password": PASSWORD})
    after = everything_kept()
    assert [secret for secret in (*SECRETS, str(person.pseudonym)) if secret in after] == []
    assert not get_user(client).is_authenticated
    row = Account.objects.get(pk=person.id)
    assert (row.is_active, row.name, row.pseudonym, row.has_usable_password()) == (False, "", None, False)
    assert account(person.id).is_erased
    assert pseudonym(person.id) == NOBODY
    assert not Follow.objects.filter(follower_id=person.id).exists()
    assert not Follow.objects.filter(target_id=person.id).exists()
    assert [notice.data for notice in notices(friend.id)] == [{"person": ""}]
    ended = OutboxRow.objects.filter(kind="follow.ended")
    assert ended.count() == 3


def test_an_erased_address_can_sign_up_again() -> None:
    person = make_account(email="lin@example.com", password=PASSWORD)
    actions.erase(person.id, PASSWORD)
    assert make_account(email="lin@example.com").id != person.id
    with pytest.raises(NoSuchAccount):
        actions.erase(person.id, PASSWORD)


def test_erasing_wants_the_password() -> None:
    person = make_account(email="lin@example.com", password=PASSWORD)
    with pytest.raises(BadPassword):
        actions.erase(person.id, "wrong")
    assert account(person.id).email == "lin@example.com"


def test_the_only_owner_of_an_open_shop_must_hand_it_on_first() -> None:
    owner = make_account(password=PASSWORD)
    shop = make_shop(owner)
    make_address(owner)
    partner = make_staff(owner, shop)
    with pytest.raises(LastOwner):
        actions.erase(owner.id, PASSWORD)
    assert actions.export(owner.id)["addresses"] != []
    merchants.make_owner(owner.id, shop.id, partner.id)
    actions.erase(owner.id, PASSWORD)
    assert [member.account_id for member in shops.team(shop.id)] == [partner.id]


def test_an_application_goes_with_its_applicant() -> None:
    person = make_account(password=PASSWORD)
    merchants.apply(person.id, "Tea House", "Mine alone", "Fuding")
    actions.erase(person.id, PASSWORD)
    assert shops.waiting() == []


def test_the_page_says_what_is_wrong_and_keeps_the_account(client: Client) -> None:
    person = make_account(password=PASSWORD)
    make_shop(person, "Tea House")
    client.force_login(Account.objects.get(pk=person.id))
    wrong = client.post("/me/erase", {"password": "nonsense"}, headers={"Accept-Language": "en"}).content.decode()
    assert "That is not your password." in wrong
    owner = client.post("/me/erase", {"password": PASSWORD}, headers={"Accept-Language": "en"}).content.decode()
    assert "A shop needs an owner." in owner
    assert not account(person.id).is_erased


def test_the_download_is_a_file(client: Client) -> None:
    person = make_account()
    client.force_login(Account.objects.get(pk=person.id))
    answer = client.post("/me/export")
    assert answer["Content-Disposition"] == 'attachment; filename="laotie-my-data.json"'
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content)["account"]["id"] == str(person.id)
