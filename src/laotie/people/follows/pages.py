"""Whom one follows, who follows one, and the acts of the follow button."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from laotie.kit.pages import account_id as who
from laotie.kit.pages import rate_limit, render, safe_next, signed_in, wants_partial
from laotie.people.follows import actions, faces, queries
from laotie.people.follows.contracts import Counts
from laotie.people.follows.errors import BadKind
from laotie.people.follows.slots import button
from laotie.people.lists import asked_page

TABS = ("following", "followers")


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Whom one follows: shops, creators and accounts, mutual ones marked."""
    account_id = who(request)
    figures = queries.counts("account", account_id)
    page, offset = asked_page(request, figures.follows)
    followed = queries.follows(account_id, limit=page.paginator.per_page, offset=offset)
    return _shown(request, "following", faces.of_followed(followed), page, figures)


@require_GET
@signed_in
def followers(request: HttpRequest) -> HttpResponse:
    """Who follows one."""
    account_id = who(request)
    figures = queries.counts("account", account_id)
    page, offset = asked_page(request, figures.followers)
    rows = queries.followers("account", account_id, limit=page.paginator.per_page, offset=offset)
    return _shown(request, "followers", faces.of_followers(rows), page, figures)


def _shown(request: HttpRequest, tab: str, rows: list[faces.Face], page: object, figures: Counts) -> HttpResponse:
    return render(request, "follows/mine.html", tab=tab, rows=rows, page=page, figures=figures)


@require_POST
@signed_in
@rate_limit("follow", 60)
def follow(request: HttpRequest) -> HttpResponse:
    """Follow what the form names."""
    kind, target_id = _asked(request)
    actions.follow(who(request), kind, target_id)
    return _answer(request, kind, target_id)


@require_POST
@signed_in
@rate_limit("follow", 60)
def unfollow(request: HttpRequest) -> HttpResponse:
    """Follow it no longer."""
    kind, target_id = _asked(request)
    actions.unfollow(who(request), kind, target_id)
    return _answer(request, kind, target_id)


def _asked(request: HttpRequest) -> tuple[str, UUID]:
    try:
        return request.POST.get("kind", ""), UUID(request.POST.get("target", ""))
    except ValueError as error:
        raise BadKind(field="target") from error


def _answer(request: HttpRequest, kind: str, target_id: UUID) -> HttpResponse:
    if wants_partial(request):
        return HttpResponse(button(request, kind, target_id))
    return redirect(safe_next(request, "/me/following"))


app_name = "follows"
urlpatterns = [
    path("me/following", mine, name="mine"),
    path("me/followers", followers, name="followers"),
    path("follow", follow, name="follow"),
    path("unfollow", unfollow, name="unfollow"),
]
