"""Chinese typed by its sound, and words that mean the same."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from laotie.places.search import actions, pinyin, queries, store, synonyms, words
from laotie.places.search.contracts import Ask, Entry

SPACE = UUID("0190a000-0000-7000-8000-000000000000")
DAY = datetime(2026, 5, 1, tzinfo=UTC)
TITLES = {
    "dress": "香云纱连衣裙 手工",
    "prawn": "大连虾仁 500克",
    "bank": "20000毫安 充电宝",
    "tomato": "农家西红柿 5斤",
    "shoe": "女鞋 平底",
    "english": "Linen dress, long",
    "cam": "行车记录仪 高清",
}


@pytest.fixture
def find(tmp_path: Path) -> Callable[[str], list[str]]:
    named = {uuid5(SPACE, name): name for name in TITLES}
    root = tmp_path / "index"
    actions.build([Entry(uuid5(SPACE, name), SPACE, title, 100, DAY) for name, title in TITLES.items()], root)
    store.forget(root)
    return lambda typed: [named[found] for found in queries.search(Ask(typed), root).product_ids]


def test_a_word_is_kept_with_its_sound_and_its_initials() -> None:
    assert sorted(pinyin.spoken("连衣裙 Dress 绿")) == [
        "^lyq|连衣裙", "^ly|连衣", "^yq|衣裙", "lianyiqun|连衣裙", "lianyi|连衣", "yiqun|衣裙",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("xiaren", ["prawn"]),
        ("lianyiqun", ["dress"]),
        ("lian yi qun", ["dress"]),
        ("xiangyunshalianyiqun", ["dress"]),
        ("lyq", ["dress"]),
        ("XRLYQ", []),
        ("zzz", []),
        ("xingchejiluyi", ["cam"]),
    ],
)
def test_pinyin_finds_what_it_spells(find: Callable[[str], list[str]], typed: str, found: list[str]) -> None:
    assert [name for name in find(typed) if name != "english"] == found


def test_what_goods_say_in_latin_letters_is_no_pinyin(find: Callable[[str], list[str]]) -> None:
    assert find("long") == ["english"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("番茄", ["tomato"]),
        ("tomatoes", ["tomato"]),
        ("fanqie", []),  # a sound that no goods have is no question about others
        ("移动电源", ["bank"]),
        ("车载摄像头", ["cam"]),
        ("裙子", ["dress", "english"]),
        ("dress", ["english", "dress"]),
    ],
)
def test_words_that_mean_the_same(find: Callable[[str], list[str]], typed: str, found: list[str]) -> None:
    assert find(typed) == found


def test_a_home_adds_its_own_and_changes_them(
    find: Callable[[str], list[str]], tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    assert find("小香风") == []
    own = tmp_path / "synonyms.txt"
    own.write_text("小香风，香云纱  # what our buyers call it\n", "utf-8")
    assert find("小香风") == ["dress"]
    own.write_bytes(b"\xff\xfe")
    assert find("小香风") == []


def test_what_was_found_is_marked_in_its_own_letters(tmp_path: Path, find: Callable[[str], list[str]]) -> None:
    marks = queries.search(Ask("lianyiqun"), tmp_path / "index").marks
    assert ("连衣裙", True) in queries.highlighted(TITLES["dress"], marks)


def test_pinyin_is_completed_while_it_is_typed(tmp_path: Path, find: Callable[[str], list[str]]) -> None:
    root = tmp_path / "index"
    assert queries.suggest("lianyiq", root=root) == ["连衣裙"]
    assert queries.suggest("lyq", root=root) == ["连衣裙"]
    assert queries.suggest("手工 xiar", root=root) == ["手工 虾仁"]
    assert queries.suggest("l", root=root) == ["linen", "long"]


def test_every_group_of_the_house_is_whole() -> None:
    """No word stands alone, and each is one that a question can be cut into."""
    for word, same in synonyms.groups().items():
        assert len(same) > 1, word
        assert words.pieces(word)
