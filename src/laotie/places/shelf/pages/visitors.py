"""Who looks: what the shelf needs to know of them."""

from django.http import HttpRequest
from django.utils.translation import get_language

from laotie.kit.pages import account_of, pseudonym_of
from laotie.places.shelf.contracts import Asker


def asker_of(request: HttpRequest) -> Asker:
    """Who looks, for whoever orders the shelf."""
    return Asker(account_of(request), pseudonym_of(request))


def language() -> str:
    """The language the page is being written in."""
    return get_language() or "en"
