"""Hints from words: beside a review for its shop and its judges, while one is written; learnt at night, no verdict."""

from pathlib import Path

import pytest
from django.test import Client

from laotie.engine.words import Model, train
from laotie.people.accounts.contracts import AccountView
from laotie.people.accounts.models import Account
from laotie.people.desk import actions as desk
from laotie.people.desk import queries as reports
from laotie.people.merchants.contracts import Shop
from laotie.trade.hints import actions, queries, store, tasks
from laotie.trade.orders import actions as order_actions
from laotie.trade.reviews import actions as reviews
from laotie.trade.reviews.contracts import Review
from tests.html import validate
from tests.makers import make_account, make_offer, make_operator, make_paid, make_shop, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings) -> Path:  # type: ignore[no-untyped-def]
    settings.HOME = tmp_path
    return tmp_path / "words"


@pytest.fixture
def seller() -> AccountView:
    return make_account("Chen")


@pytest.fixture
def shop(seller: AccountView) -> Shop:
    return make_shop(seller)


def reviewed(seller: AccountView, shop: Shop, words: str, stars: int) -> Review:
    buyer = make_account("Mei")
    order = make_paid(buyer, wanted(make_offer(shop)))
    order_actions.ship(seller.id, order.id, "sf", "SF1234567890")
    order_actions.sign(buyer.id, order.id)
    return reviews.write(buyer.id, order.lines[0].id, stars, words)


def page(account: AccountView, address: str, client: Client) -> str:
    client.force_login(Account.objects.get(pk=account.id))
    answer = client.get(address)
    assert answer.status_code == 200
    validate(answer.content)
    return answer.content.decode()


def taught() -> Model:
    words = {"quality": "the glaze is dull", "late": "the courier vanished"}
    return train([], [], [(f"{said} {n}", name) for name, said in words.items() for n in range(150)])


def test_a_shop_reads_what_a_poor_review_may_be_about(seller: AccountView, shop: Shop, client: Client) -> None:
    reviewed(seller, shop, "It came two weeks late.", 2)
    said = page(seller, f"/seller/{shop.slug}/reviews?show=all", client)
    assert "perhaps: came late" in said
    assert "no score rests on it" in said


def test_praise_is_not_explained(seller: AccountView, shop: Shop, client: Client) -> None:
    reviewed(seller, shop, "Two weeks late, but worth it.", 5)
    assert "perhaps:" not in page(seller, f"/seller/{shop.slug}/reviews?show=all", client)


def test_others_read_no_guess(seller: AccountView, shop: Shop, client: Client) -> None:
    review = reviewed(seller, shop, "It came two weeks late.", 2)
    assert "perhaps:" not in page(make_account("Lu"), f"/p/{review.product_id}/reviews", client)


def test_an_operator_judging_a_review_reads_the_guess(seller: AccountView, shop: Shop, client: Client) -> None:
    review = reviewed(seller, shop, "Arrived smashed.", 1)
    desk.report(seller.id, "review", review.id, "offensive")
    report = reports.reports(make_operator().id).get()
    assert "perhaps: damaged on the way" in page(make_operator("Op"), f"/operator/reports/{report.pk}", client)


def test_who_writes_is_told_how_it_reads(client: Client) -> None:
    client.force_login(Account.objects.get(pk=make_account("Mei").id))
    answer = client.post("/me/hints/words", {"words": "Stopped working after a day"})
    validate(answer.content)
    assert "This reads like: quality" in answer.content.decode()
    assert client.post("/me/hints/words", {"words": "Lovely"}).content.decode().strip() == ""


def test_only_who_is_signed_in_may_ask(client: Client) -> None:
    assert client.post("/me/hints/words", {"words": "late"}).status_code == 302
    client.force_login(Account.objects.get(pk=make_account("Mei").id))
    assert client.get("/me/hints/words").status_code == 405


def test_a_night_with_too_few_words_keeps_the_lexicon(seller: AccountView, shop: Shop, home: Path) -> None:
    reviewed(seller, shop, "It came two weeks late.", 2)
    assert actions.learn() is None
    tasks.learn(0)
    assert not home.exists()
    assert queries.reason("二手的，不是新的") == "not_as_claimed"


def test_a_learnt_model_is_used_at_once_and_old_ones_go(home: Path) -> None:
    assert queries.reason("the courier vanished") == ""
    version = store.keep(taught())
    assert (home / "current").read_text() == f"{version}.npz"
    assert queries.reason("the courier vanished") == "late"
    for n in range(4):
        store.keep(
            train([], [], [(f"{w} {n} {i}", r) for w, r in (("aa", "fit"), ("bb", "price")) for i in range(150)])
        )
    assert len(list(home.glob("*.npz"))) == store.KEPT
    assert (home / (home / "current").read_text()).is_file()


@pytest.mark.parametrize("content", [b"", b"broken", None])
def test_a_broken_model_is_as_none(home: Path, content: bytes | None) -> None:
    name = f"{store.keep(taught())}.npz"
    if content is None:
        (home / name).unlink()
    else:
        (home / name).write_bytes(content)
    store._held.clear()
    assert queries.reason("the courier vanished") == ""
    assert queries.reason("碎了") == "damaged"


def test_a_name_in_current_does_not_lead_out_of_the_folder(home: Path, tmp_path: Path) -> None:
    store.keep(taught())
    (tmp_path / "else.npz").write_bytes(taught().to_bytes())
    (home / "current").write_text("../else.npz")
    store._held.clear()
    assert queries.reason("the courier vanished") == ""
