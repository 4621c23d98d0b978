"""The follow button, for shop, product and profile pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from laotie.kit.memory import ShortMemory
from laotie.kit.pages import account_id as who
from laotie.kit.pages.stencils import drawn
from laotie.people.follows import queries

# What visitors are told; who is signed in sees the exact number at once.
_followers: ShortMemory[tuple[str, UUID], int] = ShortMemory(5000, ages=20)


def button(request: HttpRequest, kind: str, target_id: UUID, **_more: Any) -> str:
    """Follow or unfollow, with the number of followers; works without script. Nothing for oneself."""
    mine = who(request) if request.user.is_authenticated else None
    if mine == target_id:
        return ""
    followers, followed = queries.seen_by(mine, kind, target_id) if mine else (_counted(kind, target_id), False)
    facts = {"kind": kind, "followed": followed, "followers": followers}
    holes = {"target": target_id, "next": request.POST.get("next") or request.get_full_path()}
    return drawn("follows/button.html", request, facts, holes)


def _counted(kind: str, target_id: UUID) -> int:
    return _followers.get((kind, target_id), lambda: queries.seen_by(None, kind, target_id)[0])


def shop_button(request: HttpRequest, shop: Any, **_more: Any) -> str:
    """The button for a shop."""
    return button(request, "shop", shop.id)
