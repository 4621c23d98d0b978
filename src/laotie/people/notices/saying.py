"""A kept sentence in the reader's language."""

from typing import Any

from django.utils.translation import gettext


def said(sentence: str, data: dict[str, Any]) -> str:
    """The msgid translated, its places filled; a place that nothing fills stays as it is written."""
    return gettext(sentence).format_map(_Places(data))


class _Places(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
