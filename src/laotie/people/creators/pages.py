"""A person's public page, and becoming a creator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id as who
from laotie.kit.pages import rate_limit, render, signed_in
from laotie.kit.pages.problems import blame
from laotie.people.accounts.errors import NoSuchAccount
from laotie.people.accounts.queries import account
from laotie.people.creators import actions, contracts, queries
from laotie.people.creators.forms import Joining, Persona


@require_GET
def person(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """A person's page; a creator's has an address of its own."""
    creator = queries.creators([account_id]).get(account_id)
    return redirect("creators:creator", creator.slug) if creator else _page(request, account_id, None)


@require_GET
def creator(request: HttpRequest, slug: str) -> HttpResponse:
    """A creator's page."""
    known = queries.creator_by_slug(slug)
    return _page(request, known.account_id, known)


def _page(request: HttpRequest, account_id: UUID, creator: contracts.Creator | None) -> HttpResponse:
    shown = account(account_id)
    if shown.is_erased:
        raise NoSuchAccount
    return render(request, "creators/person.html", person=shown, creator=creator)


@require_http_methods(["GET", "POST"])
@signed_in
@rate_limit("creator", 10)
def mine(request: HttpRequest) -> HttpResponse:
    """Become a creator, or say anew what one is about."""
    known = queries.creators([who(request)]).get(who(request))
    initial = {"persona": known.persona, "intro": known.intro} if known else {}
    form = (Persona if known else Joining)(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, known, form.cleaned_data)
        except MarketError as error:
            blame(form, error)
    return render(request, "creators/mine.html", form=form, creator=known)


def _kept(request: HttpRequest, known: contracts.Creator | None, words: dict[str, str]) -> HttpResponse:
    if known:
        kept = actions.declare(who(request), words["persona"], words["intro"])
        messages.success(request, _("Saved."))
    else:
        kept = actions.join(who(request), words["slug"], words["persona"], words["intro"])
        messages.success(request, _("You are a creator now. This is your page."))
    return redirect("creators:creator", kept.slug)


app_name = "creators"
urlpatterns = [
    path("me/creator", mine, name="mine"),
    path("u/<uuid:account_id>", person, name="person"),
    path("u/<slug:slug>", creator, name="creator"),
]
