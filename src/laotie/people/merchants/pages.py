"""One's shops: applying, joining a team; and the console's pages of the shop itself and its team."""

from uuid import UUID

from django.contrib import messages
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
from laotie.people.grants.errors import NoGrant
from laotie.people.grants.queries import require, scopes_of
from laotie.people.merchants import actions, queries, team_pages
from laotie.people.merchants.contracts import Shop
from laotie.people.merchants.forms import ShopFace, ShopWords

FORM = ["GET", "POST"]


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """The shops one works in, and how the applications stand."""
    return render(request, "merchants/mine.html", shops=queries.shops_of(who(request)))


@require_http_methods(FORM)
@signed_in
@rate_limit("apply", 10)
def apply(request: HttpRequest) -> HttpResponse:
    """Ask for a shop; after a no, the words of the rejected application are in the form."""
    before = queries.application_of(who(request))
    if before and before.status == "applied":
        return redirect("merchants:mine")
    form = ShopWords(request.POST or None, initial=_words(before) if before else {})
    if request.method == "POST" and form.is_valid():
        try:
            actions.apply(who(request), **form.cleaned_data)
        except MarketError as error:
            blame(form, error)
        else:
            messages.success(request, _("Your application is on its way. You are told as soon as it is answered."))
            return redirect("merchants:mine")
    return render(request, "merchants/apply.html", form=form, before=before)


@require_http_methods(FORM)
@signed_in
@rate_limit("join", 20)
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Take the place that an invitation's link offers."""
    if request.method == "POST":
        shop = actions.accept(who(request), key)
        messages.success(request, _("Welcome to the team of “{shop}”.").format(shop=shop.name))
        return redirect("merchants:mine")
    shop, invitation = actions.offered(key)
    return render(request, "merchants/join.html", shop=shop, invitation=invitation)


@require_POST
@signed_in
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a shop's team."""
    shop = queries.shop_by_slug(slug)
    actions.remove_member(who(request), shop.id, who(request))
    messages.success(request, _("You have left “{shop}”.").format(shop=shop.name))
    return redirect("merchants:mine")


@require_GET
@signed_in
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The console's first page: what waits, and what to do first. For whoever may do anything here."""
    shop = queries.shop_by_slug(slug)
    scopes = scopes_of(who(request), shop.id)
    if not scopes and not queries.is_member(who(request), shop.id):
        raise NoGrant
    alone = len(queries.team(shop.id)) == 1
    return render(
        request,
        "merchants/home.html",
        shop=shop,
        scopes=scopes,
        alone=alone,
        console_title=shop.name,
    )


@require_http_methods(FORM)
@signed_in
@rate_limit("shop", 30)
def shop_words(request: HttpRequest, slug: str) -> HttpResponse:
    """What buyers read about the shop, and its face."""
    shop = queries.shop_by_slug(slug)
    require(who(request), "goods", shop.id)
    form = ShopFace(request.POST or None, request.FILES or None, initial=_words(shop))
    if request.method == "POST" and form.is_valid():
        try:
            _keep(who(request), shop, form)
        except MarketError as error:
            blame(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("merchants:shop", slug)
    owner = queries.owns(who(request), shop.id)
    return render(request, "merchants/shop.html", form=form, shop=shop, owner=owner, console_title=shop.name)


@require_POST
@signed_in
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the shop for good; its name must be typed."""
    shop = queries.shop_by_slug(slug)
    queries.require_owner(who(request), shop.id)
    if " ".join(request.POST.get("name", "").split()) != shop.name:
        messages.error(request, _("Type the shop's name exactly to close it."))
        return redirect("merchants:shop", slug)
    actions.close(who(request), shop.id)
    messages.success(request, _("“{shop}” is closed. Open orders are still yours to ship.").format(shop=shop.name))
    return redirect("merchants:mine")


def _words(shop: Shop) -> dict[str, str]:
    return {"name": shop.name, "intro": shop.intro, "ships_from": shop.ships_from}


def _keep(account_id: UUID, shop: Shop, form: ShopFace) -> None:
    words = form.cleaned_data
    picture = pictures.admit(words["face"].read(), account_id) if words["face"] else None
    actions.edit(account_id, shop.id, name=words["name"], intro=words["intro"], ships_from=words["ships_from"])
    if picture:
        actions.set_face(account_id, shop.id, picture)


app_name = "merchants"
urlpatterns = [
    path("me/shops", mine, name="mine"),
    path("me/shops/apply", apply, name="apply"),
    path("me/shops/join/<str:key>", join, name="join"),
    path("me/shops/<slug:slug>/leave", leave, name="leave"),
    path("seller/<slug:slug>/", home, name="home"),
    path("seller/<slug:slug>/shop", shop_words, name="shop"),
    path("seller/<slug:slug>/shop/close", close, name="close"),
    *team_pages.urlpatterns,
]
