"""Asking the seller: who may, what is recorded, how long an answer took, what both sides see."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from laotie.goods.catalogue.contracts import Product
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.ids import new_id
from laotie.kit.text import BadText
from laotie.people.accounts.contracts import AccountView
from laotie.people.accounts.models import Account
from laotie.people.desk import actions as desk
from laotie.people.grants.errors import NoGrant
from laotie.people.merchants.contracts import Shop
from laotie.people.notices.models import Notice
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.talks import actions, errors, queries
from laotie.trade.talks.contracts import ReplyTimes, Side, Talk
from laotie.trade.talks.models import MessageRow, TalkRow
from tests.html import validate
from tests.makers import make_account, make_operator, make_product, make_shop, make_staff

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def owner() -> AccountView:
    return make_account("Owner")


@pytest.fixture
def shop(owner: AccountView) -> Shop:
    return make_shop(owner)


@pytest.fixture
def product(shop: Shop) -> Product:
    return make_product(shop)


@pytest.fixture
def buyer() -> AccountView:
    return make_account("Buyer")


@pytest.fixture
def talk(buyer: AccountView, product: Product) -> Talk:
    with clock.travel(NOON):
        return actions.ask(buyer.id, "product", product.id, "Is it salted?")


def login(client: Client, account: AccountView) -> Client:
    client.force_login(Account.objects.get(pk=account.id))
    return client


def png() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def facts(kind: str) -> list[dict[str, object]]:
    return list(OutboxRow.objects.filter(kind=kind).order_by("pk").values_list("body", flat=True))


def test_questions_about_one_thing_share_a_talk(buyer: AccountView, talk: Talk, product: Product, shop: Shop) -> None:
    assert actions.ask(buyer.id, "product", product.id, "And dried?").id == talk.id
    assert actions.ask(buyer.id, "shop", shop.id, "Do you send abroad?").id != talk.id
    assert [message.words for message in queries.messages(talk.id)] == ["Is it salted?", "And dried?"]


def test_the_first_reply_is_timed_from_the_first_unanswered_words(
    owner: AccountView, buyer: AccountView, shop: Shop, talk: Talk
) -> None:
    with clock.travel(NOON + timedelta(seconds=30)):
        actions.say(buyer.id, talk.id, "Hello?")
    with clock.travel(NOON + timedelta(seconds=90)):
        answered = actions.say(owner.id, talk.id, "Lightly.")
    with clock.travel(NOON + timedelta(seconds=95)):
        actions.say(owner.id, talk.id, "Anything else?")
    assert answered.waiting_since is None
    assert len(facts("talk.asked")) == 1
    fact = facts("talk.answered")[0]
    assert (len(facts("talk.answered")), fact["waited_seconds"], fact["first"]) == (1, 90, True)
    assert queries.reply_times(owner.id, shop.id, NOON, NOON + timedelta(hours=1)) == ReplyTimes(1, 1, 90)


def test_a_second_question_is_timed_anew(owner: AccountView, buyer: AccountView, shop: Shop, talk: Talk) -> None:
    for seconds, who in ((10, owner), (20, buyer), (23, owner), (60, buyer)):
        with clock.travel(NOON + timedelta(seconds=seconds)):
            actions.say(who.id, talk.id, "…")
    assert [(fact["waited_seconds"], fact["first"]) for fact in facts("talk.answered")] == [(10, True), (3, False)]
    assert queries.reply_times(owner.id, shop.id, NOON, NOON + timedelta(hours=1)) == ReplyTimes(3, 2, 3)


def test_a_run_of_words_is_one_notice(owner: AccountView, buyer: AccountView, talk: Talk) -> None:
    actions.say(buyer.id, talk.id, "Hello?")
    actions.say(owner.id, talk.id, "Lightly.")
    actions.say(owner.id, talk.id, "With sea salt.")
    assert Notice.objects.filter(account_id=owner.id, kind="talk.asked").count() == 1
    assert Notice.objects.filter(account_id=buyer.id, kind="talk.answered").count() == 1


def test_unread_counts_follow_both_sides(owner: AccountView, buyer: AccountView, shop: Shop, talk: Talk) -> None:
    assert (talk.shop_unread, queries.waiting_at_shop(shop.id)) == (1, 1)
    actions.say(owner.id, talk.id, "Lightly.")
    assert (queries.unread_of_buyer(buyer.id), queries.waiting_at_shop(shop.id)) == (1, 0)
    actions.seen(buyer.id, talk.id)
    assert queries.unread_of_buyer(buyer.id) == 0


@pytest.mark.parametrize(
    ("words", "images", "error"),
    [
        ("  ", 0, errors.NothingSaid),
        ("x" * 1001, 0, BadText),
        ("a\x00b", 0, BadText),
        ("look", 4, errors.TooManyPictures),
    ],
)
def test_bad_words_leave_nothing(
    buyer: AccountView, product: Product, words: str, images: int, error: type[MarketError]
) -> None:
    with pytest.raises(error):
        actions.ask(buyer.id, "product", product.id, words, [png()] * images)
    assert TalkRow.objects.count() == MessageRow.objects.count() == 0


@pytest.mark.parametrize("kind", ["product", "shop", "order", "moon"])
def test_nothing_is_asked_about_nothing(buyer: AccountView, kind: str) -> None:
    with pytest.raises(errors.NothingToAskAbout):
        actions.ask(buyer.id, kind, new_id(), "Hello?")


def test_one_does_not_ask_ones_own_shop(owner: AccountView, product: Product) -> None:
    with pytest.raises(errors.OwnShop):
        actions.ask(owner.id, "product", product.id, "Hello me?")


def test_a_closed_talk_takes_no_words_until_it_is_reopened(buyer: AccountView, talk: Talk) -> None:
    operator = make_operator()
    report = desk.report(buyer.id, "talk", talk.id, "offensive", "He shouts at me")
    assert "Is it salted?" in report.excerpt
    desk.take_down(operator.id, report.id, "Insults.")
    with pytest.raises(errors.TalkClosed):
        actions.say(buyer.id, talk.id, "Still there?")
    actions.reopen(operator.id, talk.id)
    actions.say(buyer.id, talk.id, "Still there?")


def test_a_talk_is_reported_only_by_those_in_it(talk: Talk) -> None:
    with pytest.raises(errors.NotYourTalk):
        desk.report(make_account().id, "talk", talk.id, "spam")


def test_what_a_person_said_is_forgotten_with_the_person(buyer: AccountView, owner: AccountView, talk: Talk) -> None:
    actions.say(owner.id, talk.id, "Lightly.")
    actions.forget(buyer.id)
    assert [message.words for message in queries.messages(talk.id)] == ["", "Lightly."]


# address → status for (visitor, buyer, other buyer, owner, staff with care, staff with goods, operator)
PAGES = {
    "/messages": (302, 200, 200, 200, 200, 200, 200),
    "/messages/{talk}": (302, 200, 403, 302, 302, 403, 403),
    "/ask/product/{product}": (302, 302, 200, 200, 200, 200, 200),
    "/seller/{slug}/talks": (302, 403, 403, 200, 200, 403, 403),
    "/seller/{slug}/talks?view=all": (302, 403, 403, 200, 200, 403, 403),
    "/seller/{slug}/talks/{talk}": (302, 302, 403, 200, 200, 403, 403),
}


@pytest.mark.parametrize("address", PAGES)
def test_who_reads_which_page(
    client: Client, owner: AccountView, buyer: AccountView, shop: Shop, product: Product, talk: Talk, address: str
) -> None:
    where = address.format(talk=talk.id, product=product.id, slug=shop.slug)
    people = (buyer, make_account(), owner, make_staff(owner, shop, "care"), make_staff(owner, shop, "goods"))
    assert client.get(where).status_code == PAGES[address][0]
    for account, status in zip((*people, make_operator()), PAGES[address][1:], strict=True):
        response = login(client, account).get(where, headers={"accept-language": "zh-hans"})
        assert response.status_code == status, account
        if status == 200:
            validate(response.content)


# (visitor, buyer, other buyer, owner, operator) → status of the REST call
REST = {
    ("GET", "/api/talks"): (401, 200, 200, 200, 200),
    ("GET", "/api/talks/{talk}"): (401, 200, 403, 200, 403),
    ("GET", "/api/talks/{talk}/messages"): (401, 200, 403, 200, 403),
    ("POST", "/api/talks/{talk}/messages"): (401, 201, 403, 201, 403),
    ("POST", "/api/talks/{talk}/seen"): (401, 204, 403, 204, 403),
    ("GET", "/api/talks/shops/{shop}"): (401, 403, 403, 200, 403),
}


@pytest.mark.parametrize("call", REST)
def test_who_calls_what(
    client: Client, owner: AccountView, buyer: AccountView, shop: Shop, talk: Talk, call: tuple[str, str]
) -> None:
    method, address = call
    where = address.format(talk=talk.id, shop=shop.id)
    for account, status in zip((None, buyer, make_account(), owner, make_operator()), REST[call], strict=True):
        client.logout()
        if account:
            login(client, account)
        before = MessageRow.objects.count()
        response = client.generic(method, where, '{"words": "Hi"}', content_type="application/json")
        refused = {401, 403} if account is None else {status}
        assert response.status_code in refused, (account, response.content)
        if status >= 400:
            assert MessageRow.objects.count() == before


def test_a_question_with_a_picture_goes_through_the_page(client: Client, buyer: AccountView, product: Product) -> None:
    login(client, buyer)
    file = SimpleUploadedFile("a.png", png(), "image/png")
    response = client.post(f"/ask/product/{product.id}", {"words": "Like this?", "pictures": [file]})
    talk = TalkRow.objects.get()
    assert response["Location"] == f"/messages/{talk.pk}"
    assert len(queries.messages(talk.pk)[0].pictures) == 1
    page = client.get(response["Location"])
    validate(page.content)
    assert b"Like this?" in page.content


def test_a_file_that_is_no_picture_is_refused_in_words(client: Client, buyer: AccountView, product: Product) -> None:
    login(client, buyer)
    file = SimpleUploadedFile("a.png", b"not a picture", "image/png")
    response = client.post(f"/ask/product/{product.id}", {"words": "Look", "pictures": [file]})
    assert response.status_code == 200
    assert "field-error" in response.content.decode() and TalkRow.objects.count() == 0


def test_lists_take_few_statements(
    client: Client, owner: AccountView, shop: Shop, django_assert_max_num_queries: object
) -> None:
    products = [make_product(shop) for _ in range(5)]
    for product in products:
        actions.ask(make_account().id, "product", product.id, "Hello?")
    login(client, owner)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        assert client.get(f"/seller/{shop.slug}/talks").status_code == 200


def test_only_who_may_care_reads_the_shops_figures(buyer: AccountView, shop: Shop) -> None:
    with pytest.raises(NoGrant):
        queries.reply_times(buyer.id, shop.id, NOON, NOON)


def test_side_of_is_the_one_door(owner: AccountView, buyer: AccountView, shop: Shop) -> None:
    assert queries.side_of(buyer.id, buyer.id, shop.id) == Side.BUYER
    assert queries.side_of(owner.id, buyer.id, shop.id) == Side.SHOP
    with pytest.raises(errors.NotYourTalk):
        queries.side_of(UUID(int=1), buyer.id, shop.id)
