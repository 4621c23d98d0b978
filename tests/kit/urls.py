"""Pages that only tests see: one for each way a page can end."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from laotie.kit.errors import BadInput, Conflict, TooMany, Unavailable
from laotie.kit.pages import confirmed, operator_only, rate_limit, render, signed_in
from laotie.runtime.urls import handler400, handler403, handler404, handler500
from laotie.runtime.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def fails(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "bug": RuntimeError("secret of the house"),
        "conflict": Conflict(),
        "denied": PermissionDenied(),
        "input": BadInput(field="name", text="<b>"),
        "many": TooMany(retry_after=7),
        "down": Unavailable(),
    }[how]


def said(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [
    path("fail/<how>", fails),
    path("api/fail/<how>", fails),
    path("members", signed_in(said)),
    path("operators", operator_only(said)),
    path("limited", rate_limit("test", per_minute=2)(said)),
    path("final", confirmed("Are you sure?")(said)),
    path("plain", lambda request: render(request, "kit/base.html")),
    path("console", lambda request: render(request, "kit/console.html")),
    *real,
]
