"""Every room says everything in both languages."""

from pathlib import Path

import pytest
from django.template import engines

from tools import messages


@pytest.mark.parametrize("room", messages.rooms())
def test_every_sentence_is_translated(room: str) -> None:
    assert messages.faults(room) == []


def test_rooms_agree_on_the_words_they_share() -> None:
    assert messages.conflicts() == []


def test_sentences_are_found_wherever_they_are_said(tmp_path: Path) -> None:
    python = tmp_path / "a.py"
    python.write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        "class SoldOut(Conflict):\n    sentence = 'Only {left} left.'\n"
        "class Later(Conflict):\n    sentence: str = 'Later.'\n"
        "_('One') ; ngettext('%(n)s day', '%(n)s days', 2)\n"
        "@confirmed('Sure?')\ndef f(): notify(a, 'k', 'Shipped {what}.', {}, '')\n"
    )
    assert {key[1] for key, _ in messages._sentences(python)} == {
        "Only {left} left.",
        "Later.",
        "One",
        ("%(n)s day", "%(n)s days"),
        "Sure?",
        "Shipped {what}.",
    }


def test_sentences_of_templates_are_found_whatever_the_indentation(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "{% load i18n %}\n   <p title='it\"s'>{% translate \"One\" %}</p>\n {% translate 'Two' as two %}\n"
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}{{ _('Three') }}"
    )
    engines["django"].from_string(page.read_text())
    assert {key[1] for key, _ in messages._sentences(page)} == {"One", "Two", ("%(n)s day", "%(n)s days"), "Three"}


def test_a_lost_placeholder_is_a_fault() -> None:
    message = messages.Message("{shop} shipped %(what)s", "{shop} 发货了")
    assert messages._lost_places(message) == ["what"]
