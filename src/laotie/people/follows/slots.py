"""The follow button, for shop, product and profile pages, and how many follow whom."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

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


def figures(request: HttpRequest, person_id: UUID, **_more: Any) -> str:
    """On a person's page: how many follow them, whom they follow, whether they and the reader follow each other."""
    mutual = request.user.is_authenticated and queries.are_mutual(who(request), person_id)
    context = {"figures": queries.counts("account", person_id), "mutual": mutual}
    return render_to_string("follows/figures.html", context, request)


def of_shop(request: HttpRequest, shop: Any, **_more: Any) -> str:
    """At a seller's console: how many follow the shop."""
    count = queries.count_followers("shop", [shop.id]).get(shop.id, 0)
    return render_to_string("follows/of_shop.html", {"followers": count}, request)
