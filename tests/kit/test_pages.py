"""What every page shares: errors in the shape asked for, guards, limits, preferences, headers."""

import pytest
from django.test import Client

from laotie.kit import clock
from laotie.people.accounts.models import Account
from tests.html import validate

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kit.urls")]
FAILURES = {"conflict": 409, "denied": 403, "input": 422, "many": 429, "down": 503}


@pytest.fixture
def quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def account(**fields: object) -> Account:
    return Account.objects.create_user("a@b.example", "long enough 1", name="Wei", joined_at=clock.now(), **fields)


@pytest.mark.parametrize("address", ["/plain", "/console", "/nowhere", "/fail/conflict"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_are_valid(client: Client, address: str, language: str) -> None:
    response = client.get(address, headers={"accept-language": language})
    validate(response.content)
    assert f'lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(("how", "status"), FAILURES.items())
def test_market_errors_become_pages(quiet: Client, how: str, status: int) -> None:
    response = quiet.get(f"/fail/{how}")
    assert response.status_code == status
    validate(response.content)


def test_market_errors_become_problems_for_programs(quiet: Client) -> None:
    response = quiet.get("/api/fail/input")
    assert response.status_code == 422
    assert response.json() == {
        "code": "bad_input",
        "sentence": "Something in what you sent cannot be used.",
        "field": "name",
        "data": {"text": "<b>"},
    }


def test_market_errors_become_toasts_for_htmx(quiet: Client) -> None:
    response = quiet.get("/fail/conflict", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (409, "#toasts")
    assert b"<html" not in response.content
    validate(response.content)


def test_too_many_says_when_to_come_back(quiet: Client) -> None:
    assert quiet.get("/fail/many")["Retry-After"] == "7"


@pytest.mark.parametrize("address", ["/fail/bug", "/api/fail/bug"])
def test_a_bug_shows_no_trace(quiet: Client, address: str) -> None:
    response = quiet.get(address)
    assert response.status_code == 500
    assert b"secret" not in response.content and b"Traceback" not in response.content
    if not address.startswith("/api"):
        validate(response.content)


def test_visitors_sign_in_first_and_come_back(client: Client) -> None:
    assert client.get("/members?a=1")["Location"] == "/account/login/?next=/members%3Fa%3D1"
    assert client.post("/members", headers={"referer": "http://testserver/plain"})["Location"].endswith("?next=/plain")
    partial = client.get("/members", headers={"HX-Request": "true", "HX-Current-URL": "/plain"})
    assert (partial.status_code, partial["HX-Redirect"]) == (401, "/account/login/?next=/plain")


def test_only_operators_pass_the_operators_guard(client: Client) -> None:
    assert client.get("/operators").status_code == 302
    client.force_login(account())
    assert client.get("/operators").status_code == 403


def test_operators_pass(client: Client) -> None:
    client.force_login(account(is_operator=True))
    assert client.get("/operators").content == b"done"


def test_acts_are_limited_by_the_minute_and_reading_is_not(client: Client) -> None:
    with clock.travel(clock.now().replace(second=20)):
        statuses = [client.post("/limited").status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert client.get("/limited").status_code == 200


def test_a_new_minute_begins_anew(client: Client) -> None:
    start = clock.now().replace(second=20)
    for minute in range(3):
        with clock.travel(start.replace(minute=minute)):
            assert [client.post("/limited").status_code for _ in range(2)] == [200, 200]


def test_a_final_act_asks_first_and_carries_what_was_sent(client: Client) -> None:
    asked = client.post("/final", {"choice": ["a", "b"]})
    validate(asked.content)
    assert asked.content.count(b'name="choice"') == 2
    assert client.post("/final", {"confirmed": "1"}).content == b"done"


def test_the_theme_is_remembered_and_can_follow_the_system_again(client: Client) -> None:
    assert "data-theme" not in client.get("/plain").content.decode()
    assert client.post("/preferences/theme", {"theme": "dark", "next": "/plain"})["Location"] == "/plain"
    assert '<html lang="en" data-theme="dark">' in client.get("/plain").content.decode()
    client.post("/preferences/theme", {"theme": "system"})
    assert "data-theme" not in client.get("/plain").content.decode()


def test_a_preference_never_leads_out_of_the_market(client: Client) -> None:
    assert client.post("/preferences/theme", {"theme": "dark", "next": "//evil.example"})["Location"] == "/"


def test_the_chosen_language_beats_the_browsers(client: Client) -> None:
    client.post("/preferences/language", {"language": "zh-hans", "next": "/plain"})
    assert '<html lang="zh-hans"' in client.get("/plain", headers={"accept-language": "en"}).content.decode()


def test_pages_carry_their_guards(client: Client) -> None:
    response = client.get("/plain")
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" in response["Vary"] and "HX-Request" in response["Vary"]


@pytest.mark.parametrize("address", ["/plain/", "/plain//?a=1&b=%2F", "/plain/?a=1&b=%2F"])
def test_a_slash_too_many_leads_to_the_page(client: Client, address: str) -> None:
    response = client.get(address)
    query = address.partition("?")[2]
    assert (response.status_code, response["Location"]) == (301, "/plain" + (f"?{query}" if query else ""))


def test_a_slash_too_many_leads_nowhere_else(client: Client) -> None:
    assert client.get("/nowhere/").status_code == 404


def test_what_is_sent_is_not_sent_on(client: Client) -> None:
    assert client.post("/plain/").status_code == 404
