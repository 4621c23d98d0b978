"""The follow graph."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from laotie.kit.ids import new_id
from laotie.people.accounts.errors import NoSuchAccount
from laotie.people.accounts.models import Account
from laotie.people.creators import actions as creators
from laotie.people.creators.errors import NoSuchCreator
from laotie.people.follows import actions, queries
from laotie.people.follows.contracts import Counts
from laotie.people.follows.errors import BadKind, FollowsTooMany, NotOneself
from laotie.people.merchants import actions as merchants
from laotie.people.merchants.errors import NoSuchShop
from laotie.people.notices.queries import notices
from laotie.people.notices.saying import said
from laotie.stream.outbox.models import OutboxRow
from tests.html import validate
from tests.makers import make_account, make_shop

pytestmark = pytest.mark.django_db


def bodies(kind: str) -> list[dict[str, str]]:
    return list(OutboxRow.objects.filter(kind=kind).order_by("position").values_list("body", flat=True))


def test_following_twice_is_following_once() -> None:
    one, other = make_account(), make_account()
    for _ in range(2):
        actions.follow(one.id, "account", other.id)
    assert queries.counts("account", other.id) == Counts(1, 0, 0)
    actions.unfollow(one.id, "account", other.id)
    actions.unfollow(one.id, "account", other.id)
    assert queries.counts("account", other.id) == Counts(0, 0, 0)
    fact = {"follower": str(one.pseudonym), "target_kind": "account", "target": str(other.pseudonym)}
    assert (bodies("follow.started"), bodies("follow.ended")) == ([fact], [fact])


def test_mutual_is_both_ways_and_only_between_accounts() -> None:
    one, other = make_account("Wei"), make_account("Mei")
    shop = make_shop(make_account())
    actions.follow(one.id, "account", other.id)
    actions.follow(one.id, "shop", shop.id)
    assert not queries.are_mutual(one.id, other.id)
    actions.follow(other.id, "account", one.id)
    assert queries.are_mutual(one.id, other.id)
    assert queries.are_mutual(other.id, one.id)
    assert queries.counts("account", one.id) == Counts(1, 2, 1)
    assert [(f.kind, f.mutual) for f in queries.follows(one.id)] == [("shop", False), ("account", True)]
    assert [(f.account_id, f.mutual) for f in queries.followers("account", one.id)] == [(other.id, True)]
    told = [said(notice.sentence, notice.data) for notice in notices(one.id)]
    assert told == ["Mei follows you back. You are regulars now."]
    actions.unfollow(other.id, "account", one.id)
    assert queries.counts("account", one.id) == Counts(0, 2, 0)


def test_a_creator_is_an_account() -> None:
    fan, creator = make_account(), make_account()
    with pytest.raises(NoSuchCreator):
        actions.follow(fan.id, "creator", creator.id)
    creators.join(creator.id, "old-pier", "Seafood, from the boat")
    actions.follow(fan.id, "creator", creator.id)
    actions.follow(fan.id, "account", creator.id)
    assert queries.is_following(fan.id, "creator", creator.id)
    assert queries.is_following(fan.id, "account", creator.id)
    assert [fact["target_kind"] for fact in bodies("follow.started")] == ["creator"]


def test_history_keeps_its_own_time_and_greets_nobody() -> None:
    one, other, at = make_account(), make_account(), datetime(2024, 5, 1, tzinfo=UTC)
    actions.follow(one.id, "account", other.id, at)
    assert queries.follows(one.id)[0].started_at == at
    assert OutboxRow.objects.get(kind="follow.started").occurred_at == at
    assert notices(other.id) == []


def test_what_cannot_be_followed() -> None:
    one, applicant = make_account(), make_account()
    applied = merchants.apply(applicant.id, "Tea House", "", "")
    for kind, target, error in [
        ("brand", new_id(), BadKind),
        ("account", one.id, NotOneself),
        ("account", new_id(), NoSuchAccount),
        ("shop", new_id(), NoSuchShop),
        ("shop", applied.id, NoSuchShop),
    ]:
        with pytest.raises(error):
            actions.follow(one.id, kind, target)
    assert bodies("follow.started") == []


def test_nobody_follows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    one = make_account()
    actions.follow(one.id, "account", make_account().id)
    with pytest.raises(FollowsTooMany):
        actions.follow(one.id, "account", make_account().id)


def test_the_button_works_with_and_without_script(client: Client) -> None:
    fan, shop = make_account(), make_shop(make_account())
    client.force_login(Account.objects.get(pk=fan.id))
    form = {"kind": "shop", "target": str(shop.id), "next": "/me"}
    assert client.post("/follow", form)["Location"] == "/me"
    assert queries.is_following(fan.id, "shop", shop.id)
    piece = client.post("/unfollow", form, headers={"HX-Request": "true", "Accept-Language": "en"})
    validate(piece.content)
    assert 'aria-pressed="false"' in piece.content.decode()
    assert 'name="next" value="/me"' in piece.content.decode()
    assert not queries.is_following(fan.id, "shop", shop.id)
    away = client.post("/follow", form | {"next": "https://evil.example/"})
    assert away["Location"] == "/me/following"


def test_a_visitor_signs_in_first(client: Client) -> None:
    shop = make_shop(make_account())
    answer = client.post("/follow", {"kind": "shop", "target": str(shop.id)})
    assert answer["Location"].startswith("/account/login/?next=")
    assert queries.counts("shop", shop.id).followers == 0


def test_the_lists_take_few_statements(client: Client, django_assert_max_num_queries) -> None:
    me = make_account()
    for name in ("A", "B", "C"):
        person = make_account(name)
        creators.join(person.id, f"creator-{name.lower()}", "About something")
        actions.follow(me.id, "account", person.id)
        actions.follow(me.id, "shop", make_shop(person, f"Shop {name}").id)
        actions.follow(person.id, "account", me.id)
    client.force_login(Account.objects.get(pk=me.id))
    for page in ("/me/following", "/me/followers"):
        client.get(page)  # the first page of a session also writes down where it is
        with django_assert_max_num_queries(12):
            answer = client.get(page)
        assert answer.status_code == 200
        validate(answer.content)
    assert client.get("/me/following").content.decode().count('value="account"') == 3
