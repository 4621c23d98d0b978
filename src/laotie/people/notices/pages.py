"""The notice list, and what of it also goes by mail."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from laotie.kit.pages import account_id as who
from laotie.kit.pages import render, signed_in
from laotie.people.lists import asked_page
from laotie.people.notices import actions, queries
from laotie.people.notices.kinds import KINDS


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Newest first; unread ones stand out."""
    account_id = who(request)
    page, offset = asked_page(request, queries.count(account_id))
    told = queries.notices(account_id, limit=page.paginator.per_page, offset=offset)
    return render(request, "notices/mine.html", told=told, page=page)


@require_POST
@signed_in
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark one as read and go where it points."""
    told = queries.notice_for(who(request), notice_id)
    actions.read(who(request), notice_id)
    return redirect(told.link or "notices:mine")


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    actions.read_all(who(request))
    return redirect("notices:mine")


@require_GET
@signed_in
def choices(request: HttpRequest) -> HttpResponse:
    """Which kinds also go by mail."""
    mailed = queries.mailed_kinds(who(request))
    return render(request, "notices/choices.html", kinds=[(kind, mailed[kind.name]) for kind in KINDS])


@require_POST
@signed_in
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choices."""
    for kind in KINDS:
        actions.choose(who(request), kind.name, kind.name in request.POST.getlist("by_email"))
    messages.success(request, _("Saved."))
    return redirect("notices:choices")


app_name = "notices"
urlpatterns = [
    path("me/notices", mine, name="mine"),
    path("me/notices/read", read_all, name="read_all"),
    path("me/notices/mail", choices, name="choices"),
    path("me/notices/mail/save", choose, name="choose"),
    path("me/notices/<uuid:notice_id>", open_notice, name="open"),
]
