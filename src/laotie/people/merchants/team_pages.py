"""The console's page of a shop's team: members, what they may do, invitations."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from laotie.kit.errors import BadInput, MarketError
from laotie.kit.pages import account_id as who
from laotie.kit.pages import rate_limit, render, signed_in
from laotie.kit.pages.problems import blame
from laotie.people.accounts.queries import accounts
from laotie.people.grants.actions import grant, revoke
from laotie.people.grants.contracts import SCOPES
from laotie.people.grants.queries import grants_at, require, scopes_of
from laotie.people.merchants import actions, queries
from laotie.people.merchants.contracts import Shop
from laotie.people.merchants.forms import SCOPE_WORDS, Invite


@require_http_methods(["GET", "POST"])
@signed_in
@rate_limit("invite", 20)
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works here; the form invites."""
    shop = queries.shop_by_slug(slug)
    require(who(request), "team", shop.id)
    form = Invite(request.POST or None, offered=scopes_of(who(request), shop.id))
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(who(request), shop.id, form.cleaned_data["email"], form.cleaned_data["scopes"])
        except MarketError as error:
            blame(form, error)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("merchants:team", slug)
    return _shown(request, shop, form)


def _shown(request: HttpRequest, shop: Shop, form: Invite) -> HttpResponse:
    members = queries.team(shop.id)
    people = accounts([member.account_id for member in members])
    held: dict[UUID, set[str]] = {}
    for given in grants_at(shop.id):
        held.setdefault(given.account_id, set()).add(given.scope)
    rows = [
        {
            "member": member,
            "person": people[member.account_id],
            "scopes": [(s, SCOPE_WORDS[s], s in held.get(member.account_id, set())) for s in SCOPES],
        }
        for member in members
    ]
    return render(
        request,
        "merchants/team.html",
        shop=shop,
        form=form,
        rows=rows,
        invitations=queries.invitations(shop.id),
        mine=scopes_of(who(request), shop.id),
        owner=queries.owns(who(request), shop.id),
        console_title=shop.name,
    )


def set_scopes(account_id: UUID, shop: Shop, member_id: UUID, wanted: set[str]) -> None:
    """Give and take back until the member holds exactly `wanted`, among the scopes the giver may give."""
    held = {given.scope for given in grants_at(shop.id) if given.account_id == member_id}
    for scope in scopes_of(account_id, shop.id):
        if scope in wanted and scope not in held:
            grant(account_id, member_id, scope, shop.id)
        elif scope not in wanted and scope in held:
            revoke(account_id, member_id, scope, shop.id)


def _act(act: Callable[[HttpRequest, Shop, UUID], str]) -> Callable[..., HttpResponseBase]:
    """A POST about one member; `act` gives the words of success."""

    @require_POST
    @signed_in
    @rate_limit("team", 60)
    def page(request: HttpRequest, slug: str) -> HttpResponse:
        shop = queries.shop_by_slug(slug)
        try:
            subject = UUID(request.POST.get("id", ""))
        except ValueError as error:
            raise BadInput(field="id") from error
        messages.success(request, act(request, shop, subject))
        return redirect("merchants:team", slug)

    return page


@_act
def scopes(request: HttpRequest, shop: Shop, member_id: UUID) -> str:
    require(who(request), "team", shop.id)
    queries.require_member(member_id, shop.id)
    set_scopes(who(request), shop, member_id, set(request.POST.getlist("scopes")))
    return _("Saved.")


@_act
def remove(request: HttpRequest, shop: Shop, member_id: UUID) -> str:
    actions.remove_member(who(request), shop.id, member_id)
    return _("They are no longer in the team.")


@_act
def own(request: HttpRequest, shop: Shop, member_id: UUID) -> str:
    actions.make_owner(who(request), shop.id, member_id)
    return _("They own the shop with you now.")


@_act
def step_down(request: HttpRequest, shop: Shop, _member_id: UUID) -> str:
    actions.step_down(who(request), shop.id)
    return _("You are staff now.")


@_act
def withdraw(request: HttpRequest, shop: Shop, invitation_id: UUID) -> str:
    actions.withdraw(who(request), shop.id, invitation_id)
    return _("The invitation is withdrawn.")


urlpatterns = [
    path("seller/<slug:slug>/team", team, name="team"),
    path("seller/<slug:slug>/team/scopes", scopes, name="scopes"),
    path("seller/<slug:slug>/team/remove", remove, name="remove"),
    path("seller/<slug:slug>/team/own", own, name="own"),
    path("seller/<slug:slug>/team/step-down", step_down, name="step_down"),
    path("seller/<slug:slug>/team/withdraw", withdraw, name="withdraw"),
]
