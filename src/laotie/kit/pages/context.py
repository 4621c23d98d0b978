"""What every template may use beside its own context: one processor, since every part of a page runs all of them."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from laotie.kit import market
from laotie.kit.pages import stencils
from laotie.kit.pages.preferences import theme_of


def page(request: HttpRequest) -> dict[str, Any]:
    """`request`, `user`, `messages`, `LANGUAGE_CODE`; `market`, the chosen `theme`; `here`, the address that a form of
    the frame returns to; `csrf_token`, one for all forms of a page."""
    return {
        "request": request,
        "user": request.user,
        "messages": get_messages(request),
        "LANGUAGE_CODE": get_language(),
        "market": market.current(),
        "theme": theme_of(request),
        "here": stencils.here(request),
        "csrf_token": SimpleLazyObject(lambda: stencils.token(request)),
    }
