"""Asking what words suggest."""

from laotie.trade.hints import store


def reason(text: str) -> str:
    """The reason that one text suggests, or ""."""
    return store.current().hints([text])[0].reason if text.strip() else ""
