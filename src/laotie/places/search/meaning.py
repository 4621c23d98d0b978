"""What a question means beyond its letters: Chinese typed by its sound, and words that mean the same."""

from collections.abc import Sequence
from dataclasses import replace

from tantivy import Searcher

from laotie.places.search import asking, pinyin, synonyms, words
from laotie.places.search.words import Word


def asked(searcher: Searcher, text: str) -> list[Word]:
    """The words of a question, each with the others that answer it as well."""
    typed = synonyms.joined(words.asked(text))
    return [_with_others(word) for word in _read(searcher, typed)]


def _read(searcher: Searcher, typed: Sequence[Word]) -> list[Word]:
    if all(word.chinese for word in typed):
        return list(typed)
    return pinyin.meant(searcher, typed, [word.chinese or asking.known(searcher, word) for word in typed])


def _with_others(word: Word) -> Word:
    """With synonyms: its own, and those of the Chinese that it spells."""
    meant = [word, *word.others]
    same = [other for each in meant for other in synonyms.others(each)]
    return replace(word, others=tuple(dict.fromkeys([*word.others, *same]))) if same else word
