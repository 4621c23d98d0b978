"""Who looks: what the shelf needs to know of them."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language

from laotie.places.shelf.contracts import Asker


def account_of(request: HttpRequest) -> UUID | None:
    """The account that is signed in."""
    return request.user.pk if request.user.is_authenticated else None


def pseudonym_of(request: HttpRequest) -> UUID | None:
    """The name facts know the visitor by; None for one who is not signed in."""
    return getattr(request.user, "pseudonym", None)


def asker_of(request: HttpRequest) -> Asker:
    """Who looks, for whoever orders the shelf."""
    return Asker(account_of(request), pseudonym_of(request))


def language() -> str:
    """The language the page is being written in."""
    return get_language() or "en"
