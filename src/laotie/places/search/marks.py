"""Highlights: which stretches of a title the question's words are."""

import re
from collections.abc import Iterable

from laotie.places.search import words

TOKEN = re.compile(rf"[{words.CJK}]|[^\W_{words.CJK}]+")


def marked(title: str, marks: Iterable[str]) -> list[tuple[str, bool]]:
    """`title` in pieces, each with whether it is to be marked. The pieces joined are the title, unchanged."""
    wanted = set(marks)
    spans = sorted(_latin(title, wanted) + _chinese(title, wanted))
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in spans:
        if stop <= end:
            continue
        pieces += [(title[end:start], False), (title[max(start, end) : stop], True)]
        end = stop
    return [piece for piece in [*pieces, (title[end:], False)] if piece[0]]


def _latin(title: str, wanted: set[str]) -> list[tuple[int, int]]:
    return [
        found.span()
        for found in TOKEN.finditer(title)
        if not words.RUN.fullmatch(found[0])[1]  # type: ignore[index]  # a token is one run by its own pattern
        and wanted.intersection([*words.indexed(found[0]), words.fold(found[0])])
    ]


def _chinese(title: str, wanted: set[str]) -> list[tuple[int, int]]:
    """Occurrences in the folded title; only where folding kept every character in its place."""
    folded = words.fold(title)
    if len(folded) != len(title):
        return []
    chinese = [word for word in wanted if word and words.RUN.fullmatch(word) and words.RUN.fullmatch(word)[1]]  # type: ignore[index]
    return [found.span() for word in chinese for found in re.finditer(re.escape(word), folded)]
