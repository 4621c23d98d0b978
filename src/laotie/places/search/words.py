"""Words as the index knows them: the same folding for what is written on goods and for what people type.

Full-width forms, case, accents, traditional characters and units disappear; English words are stemmed; Chinese is cut
by rjieba, in its search mode (every word inside a longer word, too) for goods and in its plain mode for questions.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
RUN = re.compile(f"([{CJK}]+)|([^{CJK}]+)")
JOINED = re.compile(r"[^\W_]+(?:[-./'’][^\W_]+)+")
UNITS = {
    "公斤": "kg",
    "千克": "kg",
    "毫克": "mg",
    "克": "g",
    "毫升": "ml",
    "升": "l",
    "厘米": "cm",
    "毫米": "mm",
    "米": "m",
    "英寸": "inch",
    "寸": "inch",
    "瓦": "w",
}
MEASURE = re.compile(
    r"(\d+(?:\.\d+)?)[ ]?("
    + "|".join([*UNITS, "kg", "mg", "ml", "cm", "mm", "gb", "tb", "mb", "inch", "g", "l", "w"])
    + r")(?![a-z])"
)
IDLE = frozenset(
    "a an and at by for from in is of on or the to with i want buy 的 了 和 与 及 在 是 吗 呢 把 给 我 要 想 买".split()  # noqa: SIM905  reads as what it is
)
LONGEST_QUESTION = 120  # characters; what is longer is a paste, not a question


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: `stem` as the index holds it, `plain` as it was typed (folded). `others` answer it as
    well: of the same meaning, or the Chinese that it spells."""

    stem: str
    plain: str
    chinese: bool
    others: tuple["Word", ...] = ()


@cache
def _simplified() -> dict[int, str]:
    """Traditional → simplified, character by character: both sides are folded alike, so phrases need no context."""
    table = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1}


@cache
def _analyzer(language: str) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40)).filter(Filter.ascii_fold())
    return (builder.filter(Filter.stemmer(language)) if language else builder).build()


def fold(text: str) -> str:
    """`text` in one form: NFKC, lower case, simplified, measures joined ("500 克" → "500g"). NULs become spaces."""
    text = unicodedata.normalize("NFKC", text.replace("\x00", " ")).lower().translate(_simplified())
    return MEASURE.sub(lambda found: found[1] + UNITS.get(found[2], found[2]), text)


def cut(chinese: str, *, search: bool) -> list[str]:
    """The words of a run of Chinese. rjieba's dictionary (160 ms to load) is loaded at the first need."""
    import rjieba

    return list(rjieba.cut_for_search(chinese) if search else rjieba.cut(chinese))


def runs(folded: str) -> Iterator[tuple[str, bool]]:
    """Stretches of folded text, each with whether it is Chinese (or kana, or hangul)."""
    for found in RUN.finditer(folded):
        yield found[0], found[1] is not None


def indexed(text: str) -> list[str]:
    """The words under which a text is found."""
    words: list[str] = []
    for run, chinese in runs(fold(text)):
        if chinese:
            words += cut(run, search=True)
        else:
            words += _analyzer("english").analyze(run)
            words += [joined for joined in map(_squeeze, JOINED.findall(run)) if len(joined) <= 40]
    return words


def plain(text: str) -> list[str]:
    """The words of a text as people type them (not stemmed): for completion and spelling."""
    words: list[str] = []
    for run, chinese in runs(fold(text)):
        words += [word for word in cut(run, search=True) if len(word) > 1] if chinese else _analyzer("").analyze(run)
    return words


def characters(text: str) -> list[str]:
    """Every Chinese character of a text, in order: a phrase over them finds what the cutter cut differently."""
    return [character for run, chinese in runs(fold(text)) if chinese for character in run]


def asked(text: str) -> list[Word]:
    """The words of a question, idle ones left out unless there are no others; at most 12."""
    unique = list(dict.fromkeys(pieces(fold(text[:LONGEST_QUESTION]))))
    return ([word for word in unique if word.plain not in IDLE] or unique)[:12]


def pieces(folded: str) -> list[Word]:
    """A folded text cut into words."""
    words: list[Word] = []
    for run, chinese in runs(folded):
        if chinese:
            words += [Word(word, word, True) for word in cut(run, search=False)]
        else:
            words += [Word(_stem(word), word, False) for word in _analyzer("").analyze(run)]
    return words


def is_chinese(word: str) -> bool:
    """Whether a word is Chinese (or kana, or hangul) throughout."""
    found = RUN.fullmatch(word)
    return found is not None and found[1] is not None


def _stem(word: str) -> str:
    return next(iter(_analyzer("english").analyze(word)), word)


def _squeeze(joined: str) -> str:
    """ "wh-1000xm4" is also found as "wh1000xm4"."""
    return re.sub(r"[\W_]", "", joined)
