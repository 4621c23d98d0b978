"""The bell in the header, and the count beside it."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.kit.pages import account_id as who
from laotie.people.notices import queries


def bell(request: HttpRequest) -> str:
    """A link to the notices with the number of unread ones."""
    if not request.user.is_authenticated:
        return ""
    return render_to_string("notices/bell.html", {"unread": _unread(request)}, request)


def badge(request: HttpRequest) -> str:
    """The number of unread notices, or nothing."""
    unread = _unread(request) if request.user.is_authenticated else 0
    return render_to_string("notices/badge.html", {"unread": unread}, request) if unread else ""


def _unread(request: HttpRequest) -> int:
    """Counted once a request, however many places show it."""
    counted: int | None = getattr(request, "unread_notices", None)
    if counted is None:
        counted = queries.unread(who(request))
        request.unread_notices = counted  # type: ignore[attr-defined]
    return counted
