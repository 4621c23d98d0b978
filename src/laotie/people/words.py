"""Words that people write about themselves: cleaned and bounded before they are kept."""

import re
import unicodedata

from laotie.kit.errors import BadInput

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


class BadWords(BadInput):
    """The text is too short, too long or holds characters that cannot be shown."""

    code = "people.bad_words"
    sentence = "Write between {at_least} and {at_most} characters."


def line(text: str, field: str, *, at_least: int = 1, at_most: int) -> str:
    """One line: NFC, inner white space single, no control or direction marks. Raises BadWords naming `field`."""
    return _bounded(" ".join(_CONTROL.sub("", unicodedata.normalize("NFC", text)).split()), field, at_least, at_most)


def paragraphs(text: str, field: str, *, at_least: int = 0, at_most: int) -> str:
    """Several lines: as `line`, but line breaks stay. Raises BadWords naming `field`."""
    clean = _CONTROL.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    return _bounded(clean.strip(), field, at_least, at_most)


def _bounded(text: str, field: str, at_least: int, at_most: int) -> str:
    if not at_least <= len(text) <= at_most:
        raise BadWords(field=field, at_least=at_least, at_most=at_most)
    return text
