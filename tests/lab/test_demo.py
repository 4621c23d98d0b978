"""The demo market opens once, in either language, with work waiting for each of its people."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.test import Client

from laotie.goods.offers import queries as offers
from laotie.kit import clock
from laotie.lab.demo import actions, drawing, reading, story
from laotie.lab.demo.contracts import SIGN_INS
from laotie.lab.demo.slots import STEPS
from laotie.lab.history.goods import Naming
from laotie.people.accounts import queries as accounts
from laotie.people.merchants import queries as merchants
from laotie.trade.orders import queries as orders
from laotie.trade.orders.contracts import CARRIERS, State
from tests.lab.test_history import table_rows

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
NAMING = Naming("demo")


@pytest.fixture(autouse=True)
def a_home_of_its_own(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(drawing, "draw_all", lambda drawings, icons, out: None)  # pictures have a test of their own


def person(role: str) -> UUID:
    return accounts.account_by_email(f"{role}@laotie.example").id


def look_around(shop: str) -> None:
    """What stands in the market just opened."""
    pier = merchants.shop_by_slug("pier-seven")
    assert pier.name == shop
    waiting = orders.counts_of_shop(person("merchant"), pier.id)
    assert (waiting[State.PAID], waiting[State.REFUNDING]) == (8, 1)
    assert orders.counts_of_buyer(person("buyer")) == {State.SHIPPED: 1, State.SIGNED: 1, State.DONE: 2}
    prawns = NAMING.product("pier-seven-prawns")
    assert offers.cards([prawns])[prawns].title in (shop_titles("zh"), shop_titles("en"))


def shop_titles(language: reading.Language) -> str:
    return reading.shops(language)[0].products[0].title


@pytest.mark.django_db
def test_the_chinese_demo_opens_and_a_second_start_changes_nothing() -> None:
    with clock.travel(NOW):
        assert actions.seed("zh") == list(SIGN_INS)
        look_around("七号码头海鲜")
    before = table_rows()
    with clock.travel(datetime(2026, 12, 1, tzinfo=UTC)):
        actions.seed("zh")
    assert table_rows() == before


@pytest.mark.django_db
def test_in_the_english_demo_each_person_is_told_what_to_do_first_and_every_step_leads_somewhere(
    client: Client,
) -> None:
    with clock.travel(NOW):
        actions.seed("en")
        look_around("Pier Seven Seafood")
    for who in SIGN_INS:
        assert client.login(email=who.email, password=who.password)
        assert b"Try this first" in client.get(who.lands_on).content, who.role
        answers = {step.link: client.get(step.link).status_code for step in STEPS[who.role]}
        assert set(answers.values()) == {200}, answers
    client.logout()
    assert b"Try this first" not in client.get("/").content


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_story_is_told_alike_twice_and_in_both_languages(language: reading.Language) -> None:
    def told(spoken: reading.Language) -> dict[str, list[story.Row]]:
        return story.tell(NOW, reading.shops(spoken), reading.words(spoken), [])

    assert told(language) == told(language)
    shapes = [{table: len(rows) for table, rows in told(spoken).items()} for spoken in ("zh", "en")]
    assert shapes[0] == shapes[1]


def test_a_picture_is_drawn_on_a_soft_ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    icons = tmp_path / "icons.json"
    icons.write_text('{"icons": {"dot": {"body": "<circle cx=\\"16\\" cy=\\"16\\" r=\\"8\\" fill=\\"#ff0000\\"/>"}}}')
    wanted: Iterable[drawing.Drawing] = [drawing.Drawing("red", "dot", "sky"), drawing.Drawing("bare", "none", "sky")]
    drawing.draw_all(wanted, icons, tmp_path / "out")
    red, bare = (drawing.Image.open(tmp_path / "out" / f"{name}.jpg") for name in ("red", "bare"))
    assert red.size == bare.size == (drawing.SIDE, drawing.SIDE)
    middle = drawing.SIDE // 2
    assert red.getpixel((middle, middle))[0] > 240 > 40 > red.getpixel((middle, middle))[1]
    assert min(bare.getpixel((middle, middle))) > 180


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_invents_its_people_and_carriers(language: reading.Language) -> None:
    words = reading.words(language)
    assert len(set(words["buyers"])) == 40
    real = " ".join(CARRIERS.values()).casefold()
    assert [name for name in words["carriers"] if name.casefold() in real] == []
    assert set(words["carriers"]).isdisjoint(CARRIERS)
