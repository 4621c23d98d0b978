"""A creator's sessions: planned, changed, announced, called off; and who helps."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, confirmed, rate_limit, render, signed_in
from laotie.kit.pages.problems import blame
from laotie.people.accounts import queries as accounts
from laotie.people.accounts.errors import NoSuchAccount
from laotie.people.creators import queries as creators
from laotie.people.creators.errors import NoSuchCreator
from laotie.places.rooms import actions, queries
from laotie.places.rooms.forms import Plan, Words

busy = rate_limit("room.host", 60)


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Sessions to come, on air and past, and whom one's rooms are kept by."""
    me = account_id(request)
    if not creators.is_creator(me):
        return redirect("creators:mine")
    sessions = queries.sessions_of(me)
    people = accounts.accounts(queries.helpers(me))
    return render(
        request, "rooms/mine.html", sessions=[each for each in sessions if not each.is_over],
        past=[each for each in sessions if each.is_over], helpers=people.values(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def plan(request: HttpRequest) -> HttpResponse:
    """A new session: for now, or for later."""
    me = account_id(request)
    if not creators.is_creator(me):
        raise NoSuchCreator
    form = Plan(request.POST or None, initial={"planned_at": clock.now()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(me, **form.cleaned_data)
        except MarketError as error:
            blame(form, error)
        else:
            if request.POST.get("announce"):
                actions.announce(me, made.id)
            return redirect("rooms:desk", made.id)
    return render(request, "rooms/plan.html", form=form, session=None)


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def change(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Another title, time or description."""
    me = account_id(request)
    session = queries.hosted(me, session_id)
    shown = {"title": session.title, "intro": session.intro, "planned_at": session.planned_at}
    form = Plan(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        if not form.has_changed() or "planned_at" not in form.changed_data:
            said = said | {"planned_at": session.planned_at}
        try:
            actions.change(me, session_id, said["title"], said["planned_at"], said["intro"])
        except MarketError as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("rooms:desk", session_id)
    return render(request, "rooms/plan.html", form=form, session=session)


@require_POST
@signed_in
@busy
def announce(request: HttpRequest, session_id: UUID) -> HttpResponse:
    actions.announce(account_id(request), session_id)
    messages.success(request, _("People can find it and reserve now."))
    return redirect("rooms:desk", session_id)


@require_POST
@signed_in
@busy
@confirmed("Call this session off? Who reserved is told.")
def call_off(request: HttpRequest, session_id: UUID) -> HttpResponse:
    actions.call_off(account_id(request), session_id)
    messages.success(request, _("It was called off."))
    return redirect("rooms:mine")


@require_http_methods(["GET", "POST"])
@signed_in
@busy
def words(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Words that are not said in this session."""
    session = queries.hosted(account_id(request), session_id)
    form = Words(request.POST or None, initial={"words": "\n".join(session.blocked)})
    if request.method == "POST" and form.is_valid():
        actions.block_words(account_id(request), session_id, form.cleaned_data["words"])
        messages.success(request, _("Saved."))
        return redirect("rooms:desk", session_id)
    return render(request, "rooms/words.html", form=form, session=session)


@require_POST
@signed_in
@busy
def helpers(request: HttpRequest) -> HttpResponse:
    """Appoint by e-mail address, or dismiss. Whether an address has an account is not told."""
    me = account_id(request)
    if dismissed := request.POST.get("dismiss"):
        actions.dismiss(me, _uuid(dismissed))
        return redirect("rooms:mine")
    with suppress(NoSuchAccount):
        actions.appoint(me, accounts.account_by_email(request.POST.get("email", "")[:254]).id)
    messages.success(request, _("If this address has an account, it can keep order in your rooms now."))
    return redirect("rooms:mine")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
