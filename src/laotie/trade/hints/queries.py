"""Asking what words suggest."""

from collections.abc import Sequence

from laotie.engine.words import Hint
from laotie.trade.hints import store
from laotie.trade.hints.words import REASONS


def hints(texts: Sequence[str]) -> list[Hint]:
    """A hint for each text, in order; nothing of it is kept."""
    return store.current().hints(texts) if texts else []


def in_words(reason: str) -> str:
    """What a reason is called, in the reader's language; "" for none."""
    return str(REASONS.get(reason, ""))


def reason(text: str) -> str:
    """The reason that one text suggests, or ""."""
    return hints([text])[0].reason if text.strip() else ""
