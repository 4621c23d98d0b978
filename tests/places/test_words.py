"""What is typed and what is written on goods meet in one form."""

import pytest

from laotie.places.search import words
from laotie.places.search.marks import marked
from laotie.places.search.spelling import distance


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("連衣裙", "连衣裙"),
        ("ＡＢＣ１２３", "abc123"),
        ("虾干 500 克", "虾干 500g"),
        ("500 g", "500g"),
        ("2 公斤", "2kg"),
        ("13 grams", "13 grams"),
        ("a\x00b", "a b"),
    ],
)
def test_folding(typed: str, folded: str) -> None:
    assert words.fold(typed) == folded


def test_goods_are_found_by_every_word_in_them() -> None:
    assert words.indexed("Crème brûlée DRESSES 連衣裙") == ["creme", "brule", "dress", "连衣", "衣裙", "连衣裙"]


def test_joined_names_are_found_apart_and_together() -> None:
    assert words.indexed("WH-1000XM4") == ["wh", "1000xm4", "wh1000xm4"]


def test_questions_are_cut_into_whole_words_without_idle_ones() -> None:
    assert [word.stem for word in words.asked("我想买连衣裙")] == ["连衣裙"]
    assert [word.stem for word in words.asked("the dresses for running")] == ["dress", "run"]


def test_a_question_of_idle_words_only_keeps_them() -> None:
    assert [word.plain for word in words.asked("The of")] == ["the", "of"]


@pytest.mark.parametrize("text", ["", "   ", '+-&|!(){}[]^"~*?:\\/', "\x00", "！！！"])
def test_signs_alone_ask_nothing(text: str) -> None:
    assert words.asked(text) == []


def test_a_pasted_page_is_cut_short() -> None:
    assert len(words.asked("word%d " * 5000 % tuple(range(5000)))) == 12


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("prawn", "prawn", 0),
        ("prawn", "pawn", 1),
        ("prawn", "rpawn", 1),
        ("prawn", "prawns", 1),
        ("kitten", "sitting", 3),
    ],
)
def test_distance(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


@pytest.mark.parametrize(
    ("title", "marks", "pieces"),
    [
        ("Red Dresses, long", ["dress"], [("Red ", False), ("Dresses", True), (", long", False)]),
        ("苏绣連衣裙长款", ["连衣裙"], [("苏绣", False), ("連衣裙", True), ("长款", False)]),
        ("<b>Nuts</b>", ["nut"], [("<b>", False), ("Nuts", True), ("</b>", False)]),
        ("Nothing here", ["prawn"], [("Nothing here", False)]),
        ("iPhone手机壳", ["iphon", "手机"], [("iPhone", True), ("手机", True), ("壳", False)]),
    ],
)
def test_highlights_keep_the_title(title: str, marks: list[str], pieces: list[tuple[str, bool]]) -> None:
    assert marked(title, marks) == pieces
    assert "".join(piece for piece, _ in marked(title, marks)) == title
