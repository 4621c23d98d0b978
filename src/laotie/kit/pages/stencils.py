"""Parts of pages that are alike for everybody but for a few holes: drawn once, then only filled.

Walking a template costs a page more than its statements do, and header, footer, tabs and tiles come out the same for
every visitor but for a token, an address or a count. A part's template may use its `facts`, the language, and
`{{ holes.name }}` where something of this request belongs; what was drawn is kept by template, language and facts. So
facts must be hashable, and nothing else may be read: no request, no clock, no database. A hole stands for text, or for
HTML where what fills it is safe; no tag or filter sees what will be in it.

A part that a page has dozens of, each another, is a function instead of a template: it takes `holes` and its facts by
name and returns HTML, ten times as fast.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 8192  # parts a process keeps, the least used go first; most are tiles of 1.5 kB
MARK = secrets.token_hex(8)  # nobody can write it into a title


class Holes:
    """What a template sees as `holes`."""

    def __getitem__(self, name: str) -> SafeString:
        return mark_safe(f"{MARK}{name}{MARK}")


def token(request: HttpRequest) -> str:
    """The token of this request's forms, masked once a request rather than once a form."""
    kept: tuple[str, str] | None = getattr(request, "form_token", None)
    if kept is None or kept[0] != request.META.get("CSRF_COOKIE"):
        masked = get_token(request)
        kept = (request.META["CSRF_COOKIE"], masked)
        request.form_token = kept  # type: ignore[attr-defined]
    return kept[1]


def here(request: HttpRequest) -> str:
    """The address that a form of the frame returns to."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"


Part = str | Callable[..., SafeString]
OF_REQUEST: dict[str, Callable[[HttpRequest], str]] = {
    "csrf": token,
    "here": here,
    "here_quoted": lambda request: quote(here(request)),
    "path": lambda request: request.path,
}


def drawn(
    part: Part, request: HttpRequest | None, facts: Mapping[str, Any], holes: Mapping[str, Any] | None = None
) -> SafeString:
    """The part with its holes filled: by name from `holes`, else from the request (`OF_REQUEST`)."""
    return SafeString(_filled(part, get_language() or "en", request, facts, holes))


def drawn_all(parts: Iterable[tuple[Part, Mapping[str, Any], Mapping[str, Any]]]) -> SafeString:
    """Dozens of parts one behind the other, each with its facts and all of its holes."""
    language = get_language() or "en"
    return SafeString("".join(_filled(part, language, None, facts, holes) for part, facts, holes in parts))


def _filled(
    part: Part, language: str, request: HttpRequest | None, facts: Mapping[str, Any], holes: Mapping[str, Any] | None
) -> str:
    pieces = _cut(part, language, tuple(facts.items()))
    if len(pieces) == 1:
        return pieces[0]
    filled = [piece if number % 2 == 0 else _filling(piece, request, holes) for number, piece in enumerate(pieces)]
    return "".join(filled)


def _filling(name: str, request: HttpRequest | None, holes: Mapping[str, Any] | None) -> str:
    if holes is not None and name in holes:
        return _safe(holes[name])
    if request is None:
        raise LookupError(f"Nothing fills the hole {name!r}.")
    return _safe(OF_REQUEST[name](request))


def _safe(value: Any) -> str:
    """As the framework escapes, at once where it is plain text: a page has a hundred holes."""
    return escape(value) if type(value) is str else conditional_escape(value)


@lru_cache(maxsize=KEPT)
def _cut(part: Part, _language: str, facts: tuple[tuple[str, Any], ...]) -> tuple[SafeString, ...]:
    """The drawn part, cut at its holes: text, name, text, name … text."""
    seen = {**dict(facts), "holes": Holes()}
    html = render_to_string(part, seen) if isinstance(part, str) else part(**seen)
    return tuple(SafeString(piece) for piece in html.split(MARK))
