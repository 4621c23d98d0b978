"""REST of people: who may do what, endpoint by endpoint, and that refusals change nothing and tell nothing."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client

from laotie.kit import clock
from laotie.people.accounts import actions as accounts
from laotie.people.accounts.actions.tokens import digest, holder
from laotie.people.accounts.contracts import AccountView
from laotie.people.accounts.models import Account, ApiToken
from laotie.people.addresses.models import Address
from laotie.people.grants.models import Grant
from laotie.people.merchants import actions as merchants
from laotie.people.merchants.contracts import Shop
from laotie.people.merchants.models import Invitation, Member, Merchant
from laotie.people.notices import actions as notices
from laotie.people.notices.models import Notice
from tests.makers import make_account, make_address, make_operator, make_shop, make_staff

pytestmark = pytest.mark.django_db
ROLES = ("visitor", "buyer", "other", "owner", "staff", "goods", "team", "operator")


@dataclass
class Cast:
    """One of each, around one shop."""

    people: dict[str, AccountView]
    shop: Shop
    application: Shop
    keys: dict[str, str]

    def call(self, role: str, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.keys[role]}"} if role != "visitor" else {}
        return Client().generic(
            method, f"/api{path}", json.dumps(body or {}), content_type="application/json", headers=headers
        )


@pytest.fixture
def cast() -> Cast:
    owner, other = make_account("Owner"), make_account("Other")
    shop = make_shop(owner)
    make_shop(other, "Other shop")
    people = {
        "buyer": make_account("Buyer"),
        "other": other,
        "owner": owner,
        "staff": make_staff(owner, shop),
        "goods": make_staff(owner, shop, "goods"),
        "team": make_staff(owner, shop, "team"),
        "operator": make_operator(),
    }
    keys = {role: accounts.make_token(person.id, "test", 1)[1] for role, person in people.items()}
    return Cast(people, shop, merchants.apply(make_account().id, "Tea House", "", ""), keys)


def state() -> list[Any]:
    """What a refused request must not change."""
    models = (Merchant, Member, Invitation, Grant, Address, Notice)
    return [list(model.objects.order_by("pk").values()) for model in models]


WORDS = {"name": "New name", "intro": "", "ships_from": ""}
INVITE = {"email": "guest@example.com", "scopes": ["team"]}
MATRIX = [
    # method, path, body, who may, the code for who may
    ("PUT", "/merchants/{shop}", WORDS, {"owner", "goods"}, 200),
    ("POST", "/merchants/{shop}/close", None, {"owner"}, 204),
    ("POST", "/merchants/{application}/approve", None, {"operator"}, 204),
    ("POST", "/merchants/{application}/reject", {"reason": "Say more, please."}, {"operator"}, 204),
    ("GET", "/merchants/waiting", None, {"operator"}, 200),
    ("GET", "/merchants/{shop}/team", None, {"owner", "team"}, 200),
    ("DELETE", "/merchants/{shop}/team/{goods}", None, {"owner", "team", "goods"}, 204),
    ("POST", "/merchants/{shop}/team/{goods}/own", None, {"owner"}, 204),
    ("GET", "/merchants/{shop}/invitations", None, {"owner", "team"}, 200),
    ("POST", "/merchants/{shop}/invitations", INVITE, {"owner", "team"}, 201),
    ("POST", "/merchants/{shop}/invitations", INVITE | {"scopes": ["money"]}, {"owner"}, 201),
    ("GET", "/grants/{shop}", None, {"owner", "team"}, 200),
    ("POST", "/grants/{shop}", {"account_id": "{staff}", "scope": "team"}, {"owner", "team"}, 201),
    ("POST", "/grants/{shop}", {"account_id": "{staff}", "scope": "money"}, {"owner"}, 201),
    ("DELETE", "/grants/{shop}/{goods}/goods", None, {"owner", "team"}, 204),
]


@pytest.mark.parametrize(("method", "path", "body", "allowed", "code"), MATRIX)
def test_who_may_do_what_to_a_shop(
    cast: Cast, method: str, path: str, body: dict[str, Any] | None, allowed: set[str], code: int
) -> None:
    names = {"shop": cast.shop.id, "application": cast.application.id} | {k: v.id for k, v in cast.people.items()}
    address = path.format(**names)
    sent = json.loads(json.dumps(body or {}).replace('"{staff}"', f'"{cast.people["staff"].id}"'))
    before = state()
    for role in ROLES:
        if role not in allowed:
            answer = cast.call(role, method, address, sent)
            assert answer.status_code == (401 if role == "visitor" else 403), (role, answer.content)
            assert "Staff" not in answer.content.decode()
    assert state() == before
    for role in sorted(allowed)[:1]:
        assert cast.call(role, method, address, sent).status_code == code, role
    for role in sorted(allowed)[1:]:
        answer = cast.call(role, method, address, sent)
        assert answer.status_code not in {401, 403} or method == "DELETE", (role, answer.content)


OWN = [
    ("GET", "/accounts/me", None),
    ("PATCH", "/accounts/me", {"name": "New"}),
    ("GET", "/accounts/me/export", None),
    ("GET", "/accounts/tokens", None),
    ("POST", "/accounts/tokens", {"name": "x", "days": 1}),
    ("GET", "/addresses", None),
    ("GET", "/addresses/regions", None),
    ("GET", "/notices", None),
    ("GET", "/notices/unread", None),
    ("POST", "/notices/read", None),
    ("GET", "/notices/mail", None),
    ("PUT", "/notices/mail", {"kind": "order", "by_email": False}),
    ("GET", "/saved", None),
    ("PUT", f"/saved/{UUID(int=1)}", None),
    ("GET", "/follows", None),
    ("GET", "/follows/followers", None),
    ("PUT", f"/follows/shop/{UUID(int=1)}", None),
    ("GET", "/grants", None),
    ("GET", "/merchants", None),
    ("POST", "/merchants", WORDS),
    ("POST", "/merchants/join", {"key": "x"}),
    ("POST", "/creators", {"slug": "abc", "persona": "About tea"}),
]


@pytest.mark.parametrize(("method", "path", "body"), OWN)
def test_a_visitor_has_nothing_of_their_own(cast: Cast, method: str, path: str, body: Any) -> None:
    before = state()
    assert cast.call("visitor", method, path, body).status_code == 401
    assert state() == before


def test_nobody_reaches_what_belongs_to_another(cast: Cast) -> None:
    buyer = cast.people["buyer"]
    address = make_address(buyer)
    notices.notify(buyer.id, "market", "A secret for Buyer", {})
    notice = Notice.objects.get(account_id=buyer.id)
    token = accounts.make_token(buyer.id, "mine", 1)[0]
    words = {"name": "X", "phone": "12345", "region": "Zhejiang", "city": "X", "street": "X"}
    before = state()
    for role in ROLES[2:]:
        for method, path, body in [
            ("GET", f"/addresses/{address.id}", None),
            ("PUT", f"/addresses/{address.id}", words),
            ("DELETE", f"/addresses/{address.id}", None),
            ("POST", f"/addresses/{address.id}/default", None),
            ("POST", f"/notices/{notice.pk}/read", None),
            ("DELETE", f"/accounts/tokens/{token.id}", None),
        ]:
            answer = cast.call(role, method, path, body)
            assert answer.status_code == 404, (role, method, path)
            assert "West Lake" not in answer.content.decode()
    assert state() == before
    assert cast.call("buyer", "GET", f"/addresses/{address.id}").json()["street"] == "1 West Lake Road"


def test_an_application_is_read_by_nobody_else(cast: Cast) -> None:
    for role in ("visitor", "buyer", "owner"):
        assert cast.call(role, "GET", f"/merchants/{cast.application.id}").status_code == 404
        assert cast.call(role, "GET", f"/merchants/by-slug/{cast.application.slug}").status_code == 404
    assert cast.call("visitor", "GET", f"/merchants/by-slug/{cast.shop.slug}").json()["name"] == "Harbour Seafood"


def test_keys_end_by_clock_by_revoking_and_with_the_account(cast: Cast) -> None:
    buyer = cast.people["buyer"]
    assert cast.call("buyer", "GET", "/accounts/me").json()["email"] == buyer.email
    with clock.travel(clock.now() + timedelta(days=1, seconds=1)):
        assert cast.call("buyer", "GET", "/accounts/me").status_code == 401
    token = ApiToken.objects.get(account_id=buyer.id)
    assert cast.call("buyer", "DELETE", f"/accounts/tokens/{token.pk}").status_code == 204
    assert cast.call("buyer", "GET", "/accounts/me").status_code == 401
    Account.objects.filter(pk=cast.people["owner"].id).update(is_active=False)
    assert cast.call("owner", "GET", "/accounts/me").status_code == 401


def test_a_key_is_kept_as_a_digest_and_cannot_make_another(cast: Cast) -> None:
    assert not ApiToken.objects.filter(digest__in=cast.keys.values()).exists()
    assert cast.call("buyer", "POST", "/accounts/tokens", {"name": "x", "days": 1}).status_code == 401


def test_a_session_needs_its_csrf_token() -> None:
    person = make_account()
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(pk=person.id))
    body = json.dumps({"name": "Forged"})
    refused = client.patch("/api/accounts/me", body, content_type="application/json")
    assert refused.status_code == 403
    assert Account.objects.get(pk=person.id).name == "Lin"
    assert client.get("/api/accounts/me").status_code == 200


def test_a_session_that_has_not_confirmed_makes_no_key() -> None:
    person = make_account(password="correct-horse-42")
    client = Client()
    client.force_login(Account.objects.get(pk=person.id))
    body = json.dumps({"name": "x", "days": 1})
    refused = client.post("/api/accounts/tokens", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "account.confirm_first")
    client.post("/account/reauthenticate/", {"password": "correct-horse-42"})
    made = client.post("/api/accounts/tokens", body, content_type="application/json")
    assert made.status_code == 201
    other = Client().get("/api/accounts/me", headers={"Authorization": f"Bearer {made.json()['key']}"})
    assert UUID(other.json()["id"]) == person.id


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/addresses", {"name": "\x00"}, "phone"),
        ("POST", "/merchants", {"name": "\x00\x00\x00"}, "name"),
        ("POST", "/creators", {"slug": "a--b", "persona": "About tea"}, "slug"),
        ("PATCH", "/accounts/me", {"name": "\ud800"}, None),
        ("PATCH", "/accounts/me", {"language": "fr"}, None),
        ("GET", "/notices?limit=99999999999999999999", None, None),
        ("PUT", "/follows/nobody/not-a-uuid", None, None),
    ],
)
def test_bad_input_is_refused_in_words(cast: Cast, method: str, path: str, body: Any, field: str | None) -> None:
    answer = cast.call("buyer", method, path, body)
    assert answer.status_code in {404, 422}
    if answer.status_code == 422 and field:
        assert field in str(answer.json()["field"]) or field in str(answer.json()["data"])


def test_a_key_is_marked_used_at_most_once_a_minute() -> None:
    buyer, began = make_account(), clock.now()
    token, key = accounts.make_token(buyer.id, "mine", 1)
    marks = []
    for seconds in (0, 30, 59, 62, 100):
        with clock.travel(began + timedelta(seconds=seconds)):
            assert holder(key) == Account.objects.get(pk=buyer.id)
        used = ApiToken.objects.get(pk=token.id).used_at
        assert used is not None
        marks.append(round((used - began).total_seconds()))
    assert marks == [0, 0, 0, 62, 62]


def test_a_key_of_one_who_may_not_come_in_is_nobodys_and_stays_unmarked() -> None:
    buyer = make_account()
    token, key = accounts.make_token(buyer.id, "mine", 1)
    Account.objects.filter(pk=buyer.id).update(is_active=False)
    assert holder(key) is None
    assert ApiToken.objects.get(pk=token.id).used_at is None


@pytest.mark.django_db(transaction=True)
def test_only_a_mark_that_stands_alone_is_not_waited_for() -> None:
    _, key = accounts.make_token(make_account().id, "mine", 1)
    waits = "SELECT current_setting('synchronous_commit') FROM accounts_holder(%s, %s)"
    given = [digest(key), clock.now()]
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        with transaction.atomic():
            cursor.execute(waits, given)
            assert cursor.fetchone()[0] == "on"
            transaction.set_rollback(True)
        cursor.execute(waits, given)
        assert cursor.fetchone()[0] == "off"
        cursor.execute(waits, given)
        assert cursor.fetchone()[0] == "on"
        cursor.execute("RESET synchronous_commit")
