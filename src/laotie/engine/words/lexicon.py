"""Why a deal went badly, from a small dictionary: what is said before a market has reasons of its own to learn from."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from laotie.engine.words.grams import cleaned

REASONS = ("quality", "damaged", "not_as_claimed", "late", "service", "price", "fit")
NEGATED = re.compile(
    r"(没有|没|无|不是|并不|并没有|未|毫无)$|\b(not|no|never|isn't|wasn't|without|n't)( (at all|too|a|any|so))? $"
)
BEFORE = 12  # characters in which a negation is looked for

Found = tuple[str, ...]  # the phrases that were found, as they stand in the text


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all phrases, the longest first, and the reason of each."""
    book = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    reason = {phrase: name for name in REASONS for phrase in (*book[name]["zh"], *book[name]["en"])}
    english = {phrase for name in REASONS for phrase in book[name]["en"]}
    listed = sorted(reason, key=len, reverse=True)
    parts = [rf"\b{re.escape(phrase)}\b" if phrase in english else re.escape(phrase) for phrase in listed]
    return re.compile("|".join(parts)), reason


def found(text: str) -> dict[str, Found]:
    """The phrases of each reason in `text` that no negation stands before."""
    pattern, reasons = _phrases()
    said: dict[str, Found] = {}
    plain = cleaned(text).replace("’", "'")
    for match in pattern.finditer(plain):
        if not NEGATED.search(plain[max(match.start() - BEFORE, 0) : match.start()]):
            name = reasons[match.group()]
            said[name] = (*said.get(name, ()), match.group())
    return said


def weights(texts: Sequence[str]) -> NDArray[np.float64]:
    """Characters of the phrases found, one row a text, one column a reason (REASONS); earlier ones a little more."""
    table = np.zeros((len(texts), len(REASONS)))
    for row, text in enumerate(texts):
        for place, (name, phrases) in enumerate(found(text).items()):
            table[row, REASONS.index(name)] = sum(len(phrase) for phrase in phrases) - 0.1 * place
    return table
