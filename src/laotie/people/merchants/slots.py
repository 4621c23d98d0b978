"""What merchants put on other rooms' pages: entries of the seller's console."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.kit.pages import account_id as who
from laotie.people.grants.queries import scopes_of


def console_home(request: HttpRequest, shop: Any = None, **_more: Any) -> str:
    """The console's first page, before what other rooms add."""
    return render_to_string("merchants/nav_home.html", {"shop": shop}, request) if shop else ""


def console_nav(request: HttpRequest, shop: Any = None, **_more: Any) -> str:
    """The shop's own pages, as far as one may open them."""
    if not shop or not request.user.is_authenticated:
        return ""
    scopes = scopes_of(who(request), shop.id)
    return render_to_string("merchants/nav.html", {"shop": shop, "scopes": scopes}, request)
