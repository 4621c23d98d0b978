"""The cookie that carries a ticket. It lies on a path of its own, so that two rooms open at once do not mix theirs.

A browser sends cookies by host and path, whatever the port, so the ticket that the web gave reaches the bus.
"""

from django.conf import settings
from django.http import HttpResponse

COOKIE = "laotie_live"
ROOT = "/live"  # the bus answers on every path; a proxy passes what is below this one to it


def path_of(topic: str) -> str:
    """Where the bus is asked for `topic`."""
    return f"{ROOT}/{topic}"


def give(response: HttpResponse, topic: str, ticket: str, seconds: int) -> None:
    """Let the browser bear `ticket` wherever it asks the bus for `topic`; no script can read it."""
    response.set_cookie(
        COOKIE, ticket, max_age=seconds, path=path_of(topic), httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
