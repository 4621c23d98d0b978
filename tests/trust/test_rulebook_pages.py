"""The pages of rulebooks and trials: read by everybody, written by operators, valid HTML, nothing written by others."""

from datetime import timedelta

import pytest
from django.test import Client

from laotie.kit import clock
from laotie.trust.previews import actions as previews
from laotie.trust.previews.models import PreviewRow
from laotie.trust.rulebook import actions, queries
from laotie.trust.rulebook.models import DraftRow, VersionRow
from laotie.trust.scores.contracts import SHOP
from tests.html import validate
from tests.makers import make_account, make_operator
from tests.trust.test_previews import DAY, NIGHT, NOTE, market  # noqa: F401

pytestmark = pytest.mark.django_db
DESK = "/operator/rulebook/"


@pytest.fixture
def operator(client, django_user_model):
    found = make_operator()
    client.force_login(django_user_model.objects.get(pk=found.id))
    return found


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    validate(answer.content)
    return answer.content.decode()


def numbers(client, **changes):
    """Send the form of numbers as the page has it, with some changed."""
    draft = queries.draft()
    day = (actions.earliest_day() + timedelta(days=1)).isoformat()
    form = {"seen": draft.key, "name": "v9", "effective_from": day} | changes
    return client.post(f"{DESK}numbers", form)


def test_from_a_number_to_a_published_rulebook(client, operator):
    assert "Nothing yet" in page(client, DESK)
    assert numbers(client, **{"resources-settlement-weak": "21", "cohort-windows": "30, 60, 120"}).status_code == 302
    text = page(client, DESK)
    assert "Settlement after signing, weak" in text
    draft = queries.draft()
    assert "weak = 21" in draft.content
    assert "windows = [30, 60, 120]" in draft.content
    form = {"seen": draft.key, "note": NOTE, "confirmed": "1"}
    assert client.post(f"{DESK}publish", form | {"note": "short"}).status_code == 422
    assert client.post(f"{DESK}publish", form).status_code == 302
    (coming,) = queries.coming()
    assert coming.name == "v9"
    assert NOTE in page(client, DESK)
    now = queries.in_force(queries.today())
    visitor = Client()
    assert "v9" in page(visitor, "/rulebook/")
    assert NOTE in page(visitor, f"/rulebook/{coming.version}")
    shown = page(visitor, f"/rulebook/compare?from={now.version}&to=v9")
    assert "+7" in shown  # 14 days become 21
    assert visitor.get("/rulebook/v9.toml").content.decode() == coming.content
    assert visitor.get("/rulebook/nothing").status_code == 404
    assert (
        client.post(f"{DESK}{coming.version}/withdraw", {"note": "It hurt newcomers in the trial."}).status_code == 302
    )
    assert queries.coming() == []


def test_a_fault_is_shown_with_its_line_and_cannot_be_published(client, operator):
    numbers(client, **{"shop-goods-weight": "90", "cohort-half_life": "soon"})
    text = page(client, DESK)
    line = queries.draft().content.split("\n").index("weight = 90") + 2  # where the metrics are
    assert f'data-line="{line}"' in text
    assert "must sum to 90" in text
    assert "there is “soon”" in text
    assert 'action="/operator/rulebook/publish"' not in text
    draft = queries.draft()
    assert client.post(f"{DESK}publish", {"seen": draft.key, "note": NOTE, "confirmed": "1"}).status_code == 422
    answer = client.post(f"{DESK}text", {"seen": draft.key, "content": "[bands"})
    assert answer.status_code == 302
    assert "This is no TOML" in page(client, DESK)
    assert client.post(f"{DESK}text", {"seen": "0" * 12, "content": "x = 1"}).status_code == 409
    assert client.post(f"{DESK}drop", {"confirmed": "1"}).status_code == 302
    assert "Nothing yet" in page(client, DESK)


def test_a_trial_is_asked_for_watched_and_read(client, operator, market):  # noqa: F811
    _owner, _shop, lake = market
    numbers(client, **{"bands-good": "4.65"})
    assert "Nothing was tried yet" in page(client, f"{DESK}previews/")
    answer = client.post(f"{DESK}previews/ask")
    assert answer.status_code == 302
    (row,) = PreviewRow.objects.all()
    assert answer["Location"] == f"{DESK}previews/{row.pk}"
    assert 'hx-trigger="load delay:1500ms"' in page(client, answer["Location"])
    waiting = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert waiting.startswith("<section")
    previews.run(lake, row.pk)
    assert client.get(answer["Location"], headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    text = page(client, answer["Location"])
    assert "The largest movers" in text
    assert "Gini" in text
    assert str(DAY) in text
    assert "Exactly this draft was tried." in page(client, DESK)
    assert "v9" in page(client, f"{DESK}previews/")
    assert clock.now() >= NIGHT


@pytest.mark.parametrize("who", ["visitor", "buyer"])
def test_nobody_else_writes_or_tries(client, django_user_model, who):
    if who == "buyer":
        client.force_login(django_user_model.objects.get(pk=make_account().id))
    key = queries.draft().key
    for address in (DESK, f"{DESK}previews/"):
        assert client.get(address).status_code in (302, 403)
    for address in ("numbers", "text", "drop", "publish", f"{key}/withdraw", "previews/ask"):
        answer = client.post(f"{DESK}{address}", {"seen": key, "content": "x = 1", "note": NOTE, "confirmed": "1"})
        assert answer.status_code in (302, 403), address
        assert "operator" not in answer.get("Location", "").partition("?")[0]
    assert not DraftRow.objects.exists()
    assert not VersionRow.objects.exists()
    assert not PreviewRow.objects.exists()


def test_a_seller_sees_what_a_coming_rulebook_makes_of_its_score(client, django_user_model, market):  # noqa: F811
    owner, shop, lake = market
    operator = make_operator().id
    day = (actions.earliest_day() + timedelta(days=1)).isoformat()
    values = {"name": '"v9"', "effective_from": day, "resources.settlement.weak": "21"}
    draft = actions.set_entries(operator, values, queries.draft().key)
    actions.publish(operator, NOTE, draft.key)
    previews.foresee(lake)
    client.force_login(django_user_model.objects.get(pk=owner.id))
    text = page(client, f"/seller/{shop.slug}/score")
    assert f"Rulebook v9 counts from {day}" in text
    assert SHOP == "shop"
