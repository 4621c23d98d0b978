"""Pages about oneself: /me and what hangs on it. Signing in and up are allauth's, under /account/."""

import json
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id as who
from laotie.kit.pages import rate_limit, render, signed_in
from laotie.kit.pages.problems import blame
from laotie.kit.pictures import actions as pictures
from laotie.people.accounts import actions, queries
from laotie.people.accounts.errors import NoSuchToken
from laotie.people.accounts.forms import Erasing, NewToken, Profile

FORM = ["GET", "POST"]


@require_GET
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Everything of one's own, one tap away."""
    account_id = who(request)
    return render(request, "accounts/me.html", second_step=queries.has_second_step(account_id))


@require_http_methods(FORM)
@signed_in
@rate_limit("profile", 20)
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language, face."""
    account = queries.account(who(request))
    form = Profile(
        request.POST or None, request.FILES or None, initial={"name": account.name, "language": account.language}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, form)
        except MarketError as error:
            blame(form, error)
    return render(request, "accounts/profile.html", form=form, account=account)


def _saved(request: HttpRequest, form: Profile) -> HttpResponse:
    account_id, words = who(request), form.cleaned_data
    actions.rename(account_id, words["name"])
    actions.speak(account_id, words["language"])
    if words["no_face"]:
        actions.set_face(account_id, None)
    elif words["face"]:
        actions.set_face(account_id, pictures.admit(words["face"].read(), account_id))
    messages.success(request, _("Saved."))
    answer = redirect("accounts:me")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        words["language"],
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return answer


@require_GET
@signed_in
def security(request: HttpRequest) -> HttpResponse:
    """Password, second step, sessions, keys, one's data."""
    return render(request, "accounts/security.html", second_step=queries.has_second_step(who(request)))


@require_http_methods(FORM)
@signed_in
@rate_limit("keys", 10)
def keys(request: HttpRequest) -> HttpResponse:
    """Keys to the REST interface; a new one is shown once."""
    if request.method == "POST":
        made: HttpResponse = _new_key(request)
        return made
    return _keys(request, NewToken(initial={"days": 90}))


@reauthentication_required  # type: ignore[untyped-decorator]
def _new_key(request: HttpRequest) -> HttpResponse:
    form = NewToken(request.POST)
    key = ""
    if form.is_valid():
        try:
            _token, key = actions.make_token(who(request), form.cleaned_data["name"], form.cleaned_data["days"])
            form = NewToken(initial={"days": 90})
        except MarketError as error:
            blame(form, error)
    return _keys(request, form, key)


def _keys(request: HttpRequest, form: NewToken, key: str = "") -> HttpResponse:
    answer = render(request, "accounts/keys.html", form=form, key=key, tokens=queries.tokens(who(request)))
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@signed_in
def revoke(request: HttpRequest) -> HttpResponse:
    """End a key."""
    actions.revoke_token(who(request), _id(request.POST.get("token", "")))
    messages.success(request, _("The key no longer works."))
    return redirect("accounts:keys")


@require_POST
@signed_in
@rate_limit("export", 5)
def export(request: HttpRequest) -> HttpResponse:
    """Everything the market holds about the person, as a file."""
    text = json.dumps(actions.export(who(request)), ensure_ascii=False, indent=2)
    return HttpResponse(
        text,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="laotie-my-data.json"', "Cache-Control": "no-store"},
    )


@require_http_methods(FORM)
@signed_in
@rate_limit("erase", 5)
def erase(request: HttpRequest) -> HttpResponse:
    """Leave for good, after the password was given once more."""
    form = Erasing(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase(who(request), form.cleaned_data["password"])
        except MarketError as error:
            blame(form, error)
        else:
            logout(request)
            messages.success(request, _("Your account and your data are gone. Goodbye, and thank you."))
            return redirect("/")
    return render(request, "accounts/erase.html", form=form)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NoSuchToken from error


app_name = "accounts"
urlpatterns = [
    path("me", me, name="me"),
    path("me/profile", profile, name="profile"),
    path("me/security", security, name="security"),
    path("me/keys", keys, name="keys"),
    path("me/keys/revoke", revoke, name="revoke"),
    path("me/export", export, name="export"),
    path("me/erase", erase, name="erase"),
]
