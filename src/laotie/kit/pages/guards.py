"""Guards of pages: who must be signed in. What an account may do with an object is asked of that object's slice."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url

from laotie.kit.errors import Forbidden
from laotie.kit.pages.rendering import wants_partial

Page = Callable[..., HttpResponseBase]


def account_id(request: HttpRequest) -> UUID:
    """The account that asks. Raises Forbidden for a visitor, so a page without a guard fails closed."""
    identity = account_of(request)
    if not isinstance(identity, UUID):
        raise Forbidden
    return identity


def account_of(request: HttpRequest) -> UUID | None:
    """The account that asks; None for a visitor."""
    return request.user.pk if request.user.is_authenticated else None


def pseudonym_of(request: HttpRequest) -> UUID | None:
    """The name facts know the one who asks by; None for a visitor."""
    return getattr(request.user, "pseudonym", None)


def signed_in(page: Page) -> Page:
    """Send visitors to sign in first, and back to where they were."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return page(request, *args, **kwargs)
        return _to_sign_in(request)

    return guarded


def operator_only(page: Page) -> Page:
    """Let operators through; visitors sign in first, everyone else is refused."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not getattr(request.user, "is_operator", False):
            raise Forbidden
        return page(request, *args, **kwargs)

    return signed_in(guarded)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if wants_partial(request):
        address = _sign_in_address(request.headers.get("HX-Current-URL", "/"))
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else _page_before(request)
    return redirect(_sign_in_address(back))


def _sign_in_address(back: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?next={quote(back)}"


def _page_before(request: HttpRequest) -> str:
    """The page a form stood on: a POST cannot be repeated after signing in, so its page is shown again."""
    referer = request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    return referer.removeprefix(here) if referer.startswith(here + "/") else "/"
