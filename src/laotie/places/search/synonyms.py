"""Words that mean the same: a content file of the house, and an operator's own `synonyms.txt` in the home.

A group is a line, its words apart by commas; "#" begins a remark. A home's groups count beside the house's, and are
read again when the file changes.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import structlog
from django.conf import settings

from laotie.places.search import words
from laotie.places.search.words import Word

OWN = "synonyms.txt"
COMMA = re.compile(r"[,，、]")
LONGEST_JOINED = 4  # cut words that may make one of a group's: 行车 + 记录仪
MOST = 8  # others of one word that are asked for
Groups = Mapping[str, tuple[str, ...]]
log = structlog.get_logger()


def joined(asked: Sequence[Word]) -> list[Word]:
    """`asked` with Chinese that was cut into pieces put together again where the whole is in a group."""
    known, found, place = groups(), list[Word](), 0
    while place < len(asked):
        length = next(
            (
                n
                for n in range(min(LONGEST_JOINED, len(asked) - place), 1, -1)
                if _whole(asked[place : place + n], known)
            ),
            1,
        )
        pieces = asked[place : place + length]
        whole = "".join(word.plain for word in pieces)
        found.append(pieces[0] if length == 1 else Word(whole, whole, True))
        place += length
    return found


def others(word: Word) -> tuple[Word, ...]:
    """What means the same as `word`."""
    known = groups()
    same = known.get(word.plain) or known.get(word.stem) or ()
    return tuple(_word(other) for other in same if other not in (word.plain, word.stem))[:MOST]


def groups() -> Groups:
    """Folded word → all of its groups' words; the house's and this home's."""
    own: Path = settings.HOME / OWN
    try:
        changed = own.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _groups(own, changed)


@cache
def _groups(own: Path, changed: int) -> Groups:
    lines = (files("laotie.places.search.content") / OWN).read_text("utf-8").splitlines()
    if changed:
        try:
            lines += own.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            log.warning("the home's synonyms cannot be read", error=str(error))
    return read(lines)


def read(lines: Iterable[str]) -> Groups:
    """Groups of a file's lines. A word of several groups has the words of all."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        group = [words.fold(part.strip()) for part in COMMA.split(line.partition("#")[0]) if part.strip()]
        for word in group:
            found[word] |= dict.fromkeys(group)
            found[_word(word).stem] |= dict.fromkeys(group)
    return {word: tuple(same) for word, same in found.items()}


def _whole(pieces: Sequence[Word], known: Groups) -> bool:
    return all(word.chinese for word in pieces) and "".join(word.plain for word in pieces) in known


def _word(folded: str) -> Word:
    """A group's word as a question's; of several ("power bank") `stem` holds each one's, with spaces between."""
    pieces = words.pieces(folded)
    chinese = all(piece.chinese for piece in pieces)
    return Word(folded if chinese else " ".join(piece.stem for piece in pieces), folded, chinese)
