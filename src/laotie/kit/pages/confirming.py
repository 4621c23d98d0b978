"""Asking "are you sure?" before an act that cannot be undone, with or without script."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext

from laotie.kit.pages.rendering import render

Page = Callable[..., HttpResponseBase]
ANSWER = "confirmed"
CARRIED = frozenset({"csrfmiddlewaretoken", ANSWER})


def confirmed(question: str) -> Callable[[Page], Page]:
    """Run a POST page only after its form was confirmed; else show `question` (a msgid) on a page of its own.

    A form with `data-confirm="…"` asks in a dialog and sends `confirmed=1` itself; without script this page asks.
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST" or request.POST.get(ANSWER):
                return page(request, *args, **kwargs)
            return _ask(request, gettext(question))

        return asked

    return decorate


def _ask(request: HttpRequest, question: str) -> HttpResponse:
    carried = [(name, value) for name, values in request.POST.lists() if name not in CARRIED for value in values]
    back = request.headers.get("Referer", "/")
    return render(request, "kit/confirm.html", question=question, carried=carried, back=back)
