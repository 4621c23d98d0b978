"""Pages of people: who sees which, in both languages, as valid HTML, in few statements."""

from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from laotie.kit.ids import new_id
from laotie.people.accounts.contracts import AccountView
from laotie.people.accounts.models import Account
from laotie.people.addresses.queries import addresses
from laotie.people.creators import actions as creators
from laotie.people.grants.queries import scopes_of
from laotie.people.merchants import actions as merchants
from laotie.people.merchants import queries as shops
from laotie.people.merchants.actions.inviting import key_of
from laotie.people.notices.actions import notify
from laotie.people.notices.queries import unread
from laotie.people.saved import actions as saved
from laotie.people.saved.queries import saved as saved_of
from tests.html import validate
from tests.makers import PASSWORD, make_account, make_address, make_operator, make_shop, make_staff

pytestmark = pytest.mark.django_db
OWN = ["", "/profile", "/security", "/keys", "/erase", "/addresses", "/addresses/new", "/following", "/followers",
       "/notices", "/notices/mail", "/saved", "/shops", "/shops/apply", "/creator"]  # fmt: skip
EN = {"Accept-Language": "en"}


def signed_in(person: AccountView) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=person.id))
    return client


@pytest.mark.parametrize("page", OWN)
def test_a_visitor_signs_in_first(client: Client, page: str) -> None:
    assert client.get(f"/me{page}")["Location"] == f"/account/login/?next=/me{page}"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_ones_own(language: str) -> None:
    person, other = make_account("Lin"), make_account("Wei")
    make_shop(person)
    make_address(person)
    notify(person.id, "market", "Hello.", {})
    saved.save(person.id, new_id())
    creators.join(other.id, "wei-tea", "Tea from Fuding")
    client = signed_in(person)
    for page in OWN:
        answer = client.get(f"/me{page}", headers={"Accept-Language": language})
        assert answer.status_code == 200, page
        validate(answer.content)
    for page in ("/u/wei-tea", f"/u/{person.id}", f"/seller/{shops.shops_of(person.id)[0].slug}/"):
        answer = client.get(page, headers={"Accept-Language": language})
        assert answer.status_code == 200, page
        validate(answer.content)


def test_every_page_of_ones_own_takes_few_statements(django_assert_max_num_queries) -> None:
    person = make_account()
    make_shop(person)
    client = signed_in(person)
    client.get("/me")
    for page in OWN:
        with django_assert_max_num_queries(12):
            client.get(f"/me{page}")


CONSOLE = [
    # page, who may open it
    ("", {"owner", "staff", "goods", "team"}),
    ("shop", {"owner", "goods"}),
    ("team", {"owner", "team"}),
]


@pytest.mark.parametrize(("page", "allowed"), CONSOLE)
def test_who_opens_which_page_of_the_console(page: str, allowed: set[str]) -> None:
    owner, other = make_account("Owner"), make_account("Other")
    shop = make_shop(owner)
    make_shop(other, "Other shop")
    people = {"buyer": make_account(), "other": other, "operator": make_operator(), "owner": owner,
              "staff": make_staff(owner, shop), "goods": make_staff(owner, shop, "goods"),
              "team": make_staff(owner, shop, "team")}  # fmt: skip
    address = f"/seller/{shop.slug}/{page}"
    assert Client().get(address)["Location"] == f"/account/login/?next={address}"
    for role, person in people.items():
        answer = signed_in(person).get(address)
        assert answer.status_code == (200 if role in allowed else 403), role
        validate(answer.content)
        if role not in allowed:
            assert "Owner" not in answer.content.decode()


POSTS = ["team", "team/scopes", "team/remove", "team/own", "team/step-down", "team/withdraw", "shop", "shop/close"]


@pytest.mark.parametrize("page", POSTS)
def test_strangers_change_nothing_in_the_console(page: str) -> None:
    owner = make_account("Owner")
    shop = make_shop(owner)
    staff = make_staff(owner, shop)
    before = (shops.shop(shop.id), shops.team(shop.id), shops.invitations(shop.id))
    form = {
        "id": str(owner.id),
        "email": "a@b.org",
        "name": "Stolen",
        "intro": "x",
        "ships_from": "x",
        "scopes": "team",
    }
    for person in (make_account(), make_operator(), staff):
        answer = signed_in(person).post(f"/seller/{shop.slug}/{page}", form)
        assert answer.status_code == 403
    assert Client().post(f"/seller/{shop.slug}/{page}", form).status_code == 302
    assert (shops.shop(shop.id), shops.team(shop.id), shops.invitations(shop.id)) == before


def test_where_one_lands_after_signing_in() -> None:
    cache.clear()
    owner, creator = make_account(password=PASSWORD), make_account(password=PASSWORD)
    shop = make_shop(owner)
    creators.join(creator.id, "wei-tea", "Tea from Fuding")
    operator = make_operator()
    Account.objects.filter(pk=operator.id).update(password=Account.objects.get(pk=owner.id).password)
    for person, place in [
        (owner, f"/seller/{shop.slug}/"),
        (creator, "/me/creator"),
        (operator, "/operator/"),
        (make_account(password=PASSWORD), "/"),
    ]:
        answer = Client().post("/account/login/", {"login": person.email, "password": PASSWORD})
        assert answer["Location"] == place


def test_applying_keeps_what_was_typed_and_shows_the_answer() -> None:
    person = make_account()
    client = signed_in(person)
    typed = {"name": "T", "intro": "Tea of our own hill", "ships_from": "Fuding"}
    bad = client.post("/me/shops/apply", typed, headers=EN)
    assert "Write between 2 and 80 characters." in bad.content.decode()
    assert "Tea of our own hill" in bad.content.decode()
    client.post("/me/shops/apply", typed | {"name": "Tea House"})
    waiting = shops.waiting()[0]
    assert client.get("/me/shops/apply")["Location"] == "/me/shops"
    merchants.reject(make_operator().id, waiting.id, "Which hill is it?")
    again = client.get("/me/shops/apply", headers=EN).content.decode()
    assert "Which hill is it?" in again
    assert 'value="Tea House"' in again


def test_joining_a_team_by_the_link() -> None:
    owner, guest = make_account(), make_account()
    shop = make_shop(owner)
    signed_in(owner).post(f"/seller/{shop.slug}/team", {"email": "guest@example.com", "scopes": ["care", "orders"]})
    link = f"/me/shops/join/{key_of(shops.invitations(shop.id)[0].id)}"
    assert Client().get(link)["Location"].startswith("/account/login/")
    client = signed_in(guest)
    validate(client.get(link).content)
    assert scopes_of(guest.id, shop.id) == []
    client.post(link)
    assert scopes_of(guest.id, shop.id) == ["orders", "care"]
    assert client.get(link).status_code == 404
    assert client.get("/me/shops/join/nonsense:x").status_code == 404


def test_rights_are_ticked_on_and_off() -> None:
    owner = make_account()
    shop = make_shop(owner)
    staff = make_staff(owner, shop, "goods", "care")
    client = signed_in(owner)
    client.post(f"/seller/{shop.slug}/team/scopes", {"id": str(staff.id), "scopes": ["orders", "care"]})
    assert scopes_of(staff.id, shop.id) == ["orders", "care"]
    other = make_account()
    refused = client.post(f"/seller/{shop.slug}/team/scopes", {"id": str(other.id), "scopes": ["orders"]})
    assert (refused.status_code, scopes_of(other.id, shop.id)) == (409, [])


def test_an_address_is_written_changed_and_removed_by_its_owner_only() -> None:
    person, other = make_account(), make_account()
    client = signed_in(person)
    words = {"name": "Lin", "phone": "138-0000-0000", "region": "Zhejiang", "city": "Hangzhou", "street": "1 Road"}
    assert client.post("/me/addresses/new", words | {"next": "/checkout"})["Location"] == "/checkout"
    bad = client.post("/me/addresses/new", words | {"phone": "call me"}, headers=EN)
    assert "A phone number has 5 to 20 digits" in bad.content.decode()
    mine = addresses(person.id)[0]
    stranger = signed_in(other)
    for method, page in [("get", ""), ("post", ""), ("post", "/remove"), ("post", "/default")]:
        assert getattr(stranger, method)(f"/me/addresses/{mine.id}{page}", words).status_code == 404
    client.post(f"/me/addresses/{mine.id}", words | {"street": "2 Road"})
    assert [address.street for address in addresses(person.id)] == ["2 Road"]
    client.post(f"/me/addresses/{mine.id}/remove")
    assert addresses(person.id) == []


def test_saving_works_with_and_without_script() -> None:
    person, product = make_account(), new_id()
    client = signed_in(person)
    assert client.post(f"/me/saved/{product}/save", {"next": "/p/x"})["Location"] == "/p/x"
    assert saved_of(person.id) == [product]
    piece = client.post(f"/me/saved/{product}/unsave", headers={"HX-Request": "true"})
    validate(piece.content)
    assert saved_of(person.id) == []


def test_the_bell_counts_and_opening_reads() -> None:
    person = make_account()
    notify(person.id, "order", "Your parcel is on its way.", {}, "/me/following")
    client = signed_in(person)
    assert 'aria-label="1 new notice"' in client.get("/me", headers=EN).content.decode()
    notice = client.get("/api/notices").json()[0]
    assert signed_in(make_account()).post(f"/me/notices/{notice['id']}").status_code == 404
    assert client.post(f"/me/notices/{notice['id']}")["Location"] == "/me/following"
    assert unread(person.id) == 0


def test_an_erased_person_has_no_page() -> None:
    person = make_account(password=PASSWORD)
    assert Client().get(f"/u/{person.id}").status_code == 200
    assert signed_in(person).post("/me/erase", {"password": PASSWORD})["Location"] == "/"
    assert Client().get(f"/u/{person.id}").status_code == 404
    assert Client().get(f"/u/{UUID(int=0)}").status_code == 404
