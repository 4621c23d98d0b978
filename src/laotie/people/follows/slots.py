"""The follow button, for shop, product and profile pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.kit.pages import account_id as who
from laotie.people.follows import queries


def button(request: HttpRequest, kind: str, target_id: UUID, **_more: Any) -> str:
    """Follow or unfollow, with the number of followers; works without script. Nothing for oneself."""
    mine = who(request) if request.user.is_authenticated else None
    if mine == target_id:
        return ""
    followers, followed = queries.seen_by(mine, kind, target_id)
    context = {
        "kind": kind,
        "target_id": target_id,
        "followed": followed,
        "followers": followers,
        "next": request.POST.get("next") or request.get_full_path(),
    }
    return render_to_string("follows/button.html", context, request)


def shop_button(request: HttpRequest, shop: Any, **_more: Any) -> str:
    """The button for a shop."""
    return button(request, "shop", shop.id)
