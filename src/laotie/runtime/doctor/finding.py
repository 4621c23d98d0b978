"""What a check found: a state, a sentence, and the mend where one is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    GOOD = "good"
    NOTE = "note"  # works, and might be better
    BAD = "bad"  # a market cannot run like this


@dataclass(frozen=True)
class Finding:
    """`about` is one word; `words` say what is; `mend` says what to do, "" when nothing needs doing."""

    about: str
    state: State
    words: str
    mend: str = ""


Check = Callable[[], Finding]


def good(about: str, words: str) -> Finding:
    return Finding(about, State.GOOD, words)


def note(about: str, words: str, mend: str) -> Finding:
    return Finding(about, State.NOTE, words, mend)


def bad(about: str, words: str, mend: str) -> Finding:
    return Finding(about, State.BAD, words, mend)
