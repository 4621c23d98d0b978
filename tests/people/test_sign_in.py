"""Signing up, in and out by HTTP, with the mail that goes with it."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.test import Client

from laotie.people.accounts.models import Account
from laotie.stream.outbox.models import OutboxRow
from tests.html import validate
from tests.makers import PASSWORD, make_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^([0-9A-Z]{3,}-?[0-9A-Z]*)$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def sign_up(client: Client, email: str):
    words = {"name": "Lin", "email": email, "password1": PASSWORD}
    return client.post("/account/signup/", words, headers={"Accept-Language": "en"})


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def confirm(client: Client) -> None:
    """Give the password once more, as before anything that weakens the account."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def test_sign_up_verify_sign_out_and_in(client: Client) -> None:
    answer = sign_up(client, "Lin@Example.com")
    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm-email/")
    assert not get_user(client).is_authenticated
    account = Account.objects.get()
    assert (account.email, account.name, account.language) == ("lin@example.com", "Lin", "en")
    assert list(OutboxRow.objects.values_list("kind", "body__account")) == [("account.joined", str(account.pseudonym))]
    assert [message.to for message in mail.outbox] == [["lin@example.com"]]
    validate(client.get("/account/confirm-email/").content)
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})
    assert get_user(client).pk == account.pk
    client.post("/account/logout/")
    assert not get_user(client).is_authenticated
    assert sign_in(client, "LIN@example.com")["Location"] == "/"
    assert get_user(client).pk == account.pk


def test_a_wrong_code_does_not_sign_in(client: Client) -> None:
    sign_up(client, "lin@example.com")
    answer = client.post("/account/confirm-email/", {"code": "000000"})
    assert answer.status_code == 200
    assert not get_user(client).is_authenticated


def test_signing_up_does_not_tell_who_has_an_account(client: Client) -> None:
    make_account(email="lin@example.com", password=PASSWORD)
    known, unknown = Client(), Client()
    one, other = sign_up(known, "lin@example.com"), sign_up(unknown, "new@example.com")
    assert (one.status_code, one["Location"]) == (other.status_code, other["Location"])
    pages = [each.get("/account/confirm-email/").content.decode() for each in (known, unknown)]
    clean = [re.sub(r'"[A-Za-z0-9]{64}"|lin@example.com|new@example.com', "", page) for page in pages]
    assert clean[0] == clean[1]
    assert Account.objects.filter(email="lin@example.com").count() == 1
    assert [message.to[0] for message in mail.outbox] == ["lin@example.com", "new@example.com"]
    assert "already exists" in str(mail.outbox[0].body)


def test_reset_does_not_tell_who_has_an_account_and_sets_a_password(client: Client) -> None:
    make_account(email="lin@example.com", password=PASSWORD)
    answers = [client.post("/account/password/reset/", {"email": email}) for email in ("lin@example.com", "x@y.org")]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/account/password/reset/done/")] * 2
    link = re.search(r"http://[^/]+(/account/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link
    page = client.get(link[1], follow=True)
    validate(page.content)
    new = "a-better-horse-43"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert sign_in(client, "lin@example.com", PASSWORD).status_code == 200
    sign_in(client, "lin@example.com", new)
    assert get_user(client).is_authenticated
    assert mail.outbox[1].to == ["x@y.org"]


def test_the_same_words_for_a_wrong_password_and_an_unknown_address(client: Client) -> None:
    make_account(email="lin@example.com", password=PASSWORD)
    faults = []
    for email in ("lin@example.com", "nobody@example.com"):
        page = sign_in(Client(), email, "wrong-password").content.decode()
        faults += re.findall(r'role="alert"><span>(.*?)</span>', page)
    assert faults[0] == faults[1] != ""
    assert len(faults) == 2


def test_guessing_is_slowed_down(client: Client) -> None:
    make_account(email="lin@example.com", password=PASSWORD)
    for _ in range(5):
        sign_in(client, "lin@example.com", "wrong-password")
    sign_in(client, "lin@example.com")
    assert not get_user(client).is_authenticated


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"name": "", "email": "a@b.org", "password1": PASSWORD}, "name"),
        ({"name": "Lin", "email": "nonsense", "password1": PASSWORD}, "email"),
        ({"name": "Lin", "email": "a@b.org", "password1": "12345678"}, "password1"),
        ({"name": "\u200b", "email": "a@b.org", "password1": PASSWORD}, "name"),
    ],
)
def test_bad_sign_ups_say_where(client: Client, words: dict[str, str], field: str) -> None:
    page = client.post("/account/signup/", words)
    assert page.status_code == 200
    assert f'id="id_{field}-error"' in page.content.decode()
    validate(page.content)
    assert not Account.objects.exists()


def test_the_second_step(client: Client) -> None:
    make_account(email="lin@example.com", password=PASSWORD)
    sign_in(client, "lin@example.com")
    assert client.get("/account/2fa/totp/activate/")["Location"].startswith("/account/reauthenticate/")
    confirm(client)
    page = client.get("/account/2fa/totp/activate/")
    validate(page.content)
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page.content.decode())
    assert secret
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret[1], counter))
    answer = client.post("/account/2fa/totp/activate/", {"code": code})
    assert answer.status_code == 302, answer.content.decode()
    codes = re.findall(r"<li>([0-9a-f]+)</li>", client.get("/account/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    other = Client()
    assert sign_in(other, "lin@example.com")["Location"] == "/account/2fa/authenticate/"
    assert not get_user(other).is_authenticated
    validate(other.get("/account/2fa/authenticate/").content)
    assert other.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    other.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert get_user(other).is_authenticated
    third = Client()
    sign_in(third, "lin@example.com")
    third.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert not get_user(third).is_authenticated, "a recovery code works once"


def test_changing_the_address_waits_for_its_code(client: Client) -> None:
    make_account(email="lin@example.com", password=PASSWORD)
    sign_in(client, "lin@example.com")
    client.post("/account/email/", {"action_add": "", "email": "lin@new.example"})
    assert Account.objects.get().email == "lin@example.com"
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert Account.objects.get().email == "lin@new.example"


PAGES = ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/"]
OWN = ["logout/", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "sessions/"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_signing_in_is_ours(client: Client, language: str) -> None:
    for page in PAGES:
        answer = client.get(f"/account/{page}", headers={"Accept-Language": language})
        assert answer.status_code == 200, page
        validate(answer.content)
        assert 'class="brand"' in answer.content.decode(), page
    make_account(email="lin@example.com", password=PASSWORD)
    sign_in(client, "lin@example.com")
    validate(client.get("/account/reauthenticate/").content)
    confirm(client)
    for page in OWN:
        answer = client.get(f"/account/{page}", headers={"Accept-Language": language})
        assert answer.status_code == 200, (page, answer)
        validate(answer.content)
        assert 'class="brand"' in answer.content.decode(), page


def test_outside_a_demo_the_consoles_want_the_second_step(client: Client, settings) -> None:
    settings.SECOND_STEP_REQUIRED = True
    make_account(email="lin@example.com", password=PASSWORD)
    sign_in(client, "lin@example.com")
    assert client.get("/operator/")["Location"] == "/account/2fa/totp/activate/"
    assert client.get("/seller/anything/")["Location"] == "/account/2fa/totp/activate/"
    assert client.get("/me").status_code == 200
