"""What the feed puts on other rooms' pages."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from laotie.kit.pages.guards import pseudonym_of
from laotie.people.merchants.contracts import Shop
from laotie.traffic.feed import queries


def my_feed(request: HttpRequest, **rest: Any) -> str:
    """The entry on "me"."""
    if not request.user.is_authenticated:
        return ""
    return render_to_string("feed/me_entry.html", {"address": reverse("feed:beliefs")}, request)


def hide_button(request: HttpRequest, shop: Shop | None = None, **rest: Any) -> str:
    """Where a shop is hidden: the way back. Hiding is offered where a thing was shown, on "why this?"."""
    viewer = pseudonym_of(request)
    if shop is None or viewer is None or not _is_shop_page(request) or not queries.hides(viewer, shop.id):
        return ""
    return render_to_string("feed/hide.html", {"shop_id": shop.id, "hidden": True, "next": request.path}, request)


def _is_shop_page(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.view_name == "shelf:shop")
