"""Chinese as it is typed by its sound: "lianyiqun" and "lyq" find 连衣裙.

The index keeps, for each Chinese word of a title, a brand or a category, its full pinyin and its initials beside the
word itself ("lianyiqun|连衣裙", "^lyq|连衣裙"). So a question is put into Chinese by the index alone, and only into
words that goods have; the dictionary is needed where goods are written down, not where people ask.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from tantivy import Searcher

from laotie.places.search import words
from laotie.places.search.words import Word

FIELD = "spoken"
SYLLABLES = re.compile("(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iuv]?[aeo]|[aeiouv])[iou]?(?:ng|n|r)?)+")  # or nearly
BETWEEN, INITIALS = "|", "^"
LONGEST = 24  # letters of one word's pinyin
LONGEST_RUN = 48  # letters looked at together: "lian yi qun"
MOST = 6  # words of one sound


def spoken(text: str) -> list[str]:
    """What the index keeps of a text's Chinese words."""
    cut = {word for word in words.plain(text) if words.is_chinese(word)}
    return [f"{sound}{BETWEEN}{word}" for word in sorted(cut) for sound in _sounds(word)]


def _sounds(word: str) -> Iterator[str]:
    from pypinyin import lazy_pinyin  # its dictionaries take a moment to load

    syllables = [syllable for syllable in lazy_pinyin(word, errors="ignore") if syllable.isascii()]
    if syllables and len(full := "".join(syllables)) <= LONGEST:
        yield full
        if len(syllables) > 1:
            yield INITIALS + "".join(syllable[0] for syllable in syllables)


def meant(searcher: Searcher, asked: Sequence[Word], known: Sequence[bool]) -> list[Word]:
    """`asked` with runs of unknown (not `known`) Latin words read as pinyin, where goods have words of that sound."""
    found: list[Word] = []
    for readable, run in groupby(zip(asked, known, strict=True), lambda each: _readable(*each)):
        pieces = [word for word, _ in run]
        found += (_read(searcher, pieces) if readable else None) or pieces
    return found


def completions(searcher: Searcher, typed: str, limit: int) -> list[tuple[str, int]]:
    """Chinese words whose pinyin or initials begin with `typed`, each with how many goods have it."""
    if len(typed) < 2 or not _is_latin(typed):
        return []
    terms = [
        *searcher.terms_with_prefix(FIELD, typed, limit=limit),
        *searcher.terms_with_prefix(FIELD, INITIALS + typed, limit=limit),
    ]
    return list({term.rpartition(BETWEEN)[2]: count for term, count in terms}.items())


def _readable(word: Word, known: bool) -> bool:
    return not known and not word.chinese and _is_latin(word.plain)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _read(searcher: Searcher, pieces: Sequence[Word]) -> list[Word] | None:
    """The run as one string of letters cut into the fewest words that goods have, or each piece by its initials."""
    letters = "".join(piece.plain for piece in pieces)
    whole = _cut(searcher, letters) if len(letters) <= LONGEST_RUN else None
    if whole is not None:
        return [_as(searcher, part, part) for part in whole]
    by_initials = [_as(searcher, piece.plain, INITIALS + piece.plain) for piece in pieces]
    return by_initials if any(word.others for word in by_initials) else None


def _cut(searcher: Searcher, letters: str) -> list[str] | None:
    if not SYLLABLES.fullmatch(letters):
        return None
    best: list[list[str] | None] = [[], *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - LONGEST), end - 1):
            before, part = best[start], letters[start:end]
            shorter = before is not None and (best[end] is None or len(before) + 1 < len(best[end] or ()))
            if shorter and before is not None and SYLLABLES.fullmatch(part) and _written(searcher, part, 1):
                best[end] = [*before, part]
    return best[-1]


def _as(searcher: Searcher, plain: str, sound: str) -> Word:
    chinese = _written(searcher, sound, MOST)
    return Word(plain, plain, False, tuple(Word(word, word, True) for word in chinese))


def _written(searcher: Searcher, sound: str, limit: int) -> list[str]:
    """The words of that very sound, the most frequent first."""
    terms = searcher.terms_with_prefix(FIELD, sound + BETWEEN, limit=50 if limit > 1 else 1)
    ordered = sorted(terms, key=lambda term: (-term[1], term[0]))
    return [term.rpartition(BETWEEN)[2] for term, _ in ordered[:limit]]
