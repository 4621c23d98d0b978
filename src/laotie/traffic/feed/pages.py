"""Why this was shown; whom not to show; what the feed believes of one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from laotie.goods.catalogue import queries as catalogue
from laotie.kit.errors import BadInput
from laotie.kit.pages import confirmed, rate_limit, render, safe_next, signed_in
from laotie.kit.pages.guards import pseudonym_of
from laotie.people.merchants import queries as merchants
from laotie.places.rooms import queries as rooms
from laotie.traffic.feed import actions, queries
from laotie.traffic.feed.errors import NoRecord
from laotie.traffic.feed.telling import told


@require_safe
def why(request: HttpRequest, decision: UUID, position: int) -> HttpResponse:
    """Why something stood in its place, from the record alone; without one, that there is none."""
    viewer = pseudonym_of(request)
    try:
        record = queries.record_for(viewer, decision, position)
    except NoRecord as error:
        return render(request, "feed/no_record.html", sentence=_(error.sentence), status=error.status)
    told_of = told(record, position)
    shop = merchants.shops([told_of.seller]).get(told_of.seller)
    return render(
        request,
        "feed/why.html",
        told=told_of,
        chance=percent(told_of.chance),
        product=catalogue.products([told_of.item]).get(told_of.item),
        room=rooms.session_for(request.user.pk, told_of.item) if told_of.kind == "session" else None,
        shop=shop,
        hidden=bool(viewer and shop and queries.hides(viewer, shop.id)),
    )


def percent(chance: float) -> str:
    """A chance in words: with as many digits as it takes to be more than nought."""
    if chance >= 0.1 or chance == 0:
        return f"{100 * chance:.1f} %"
    return f"{100 * chance:.2g} %" if chance >= 1e-6 else "< 0.0001 %"


@require_safe
@signed_in
def beliefs(request: HttpRequest) -> HttpResponse:
    """What the feed believes of one, and whom one hides."""
    found = queries.beliefs(pseudonym_of(request) or UUID(int=0))
    shops = merchants.shops([one.target for one in found if one.kind != "category"])
    nodes = catalogue.all_categories()
    return render(
        request,
        "feed/beliefs.html",
        hidden=[(one, shops[one.target]) for one in found if one.kind == "hidden" and one.target in shops],
        shops=[(one, shops[one.target]) for one in found if one.kind == "shop" and one.target in shops],
        categories=[(one, nodes[one.target]) for one in found if one.kind == "category" and one.target in nodes],
    )


@require_POST
@signed_in
@confirmed(gettext_noop("Delete what the feed has concluded about you? It begins anew from now on."))
def forget(request: HttpRequest) -> HttpResponse:
    """Delete what was concluded."""
    actions.forget_beliefs(_own(request))
    messages.success(request, _("Deleted. The feed begins anew."))
    return redirect("feed:beliefs")


@require_POST
@signed_in
@rate_limit("feed", 60)
def hide(request: HttpRequest) -> HttpResponse:
    """Show nothing of a shop any more."""
    actions.hide(_own(request), _shop_in(request))
    messages.success(request, _("You will see nothing of this shop in your feed any more."))
    return redirect(safe_next(request, "/me/feed"))


@require_POST
@signed_in
@rate_limit("feed", 60)
def show(request: HttpRequest) -> HttpResponse:
    """Show it again."""
    actions.show_again(_own(request), _shop_in(request))
    messages.success(request, _("The shop may appear in your feed again."))
    return redirect(safe_next(request, "/me/feed"))


def _own(request: HttpRequest) -> UUID:
    return pseudonym_of(request) or UUID(int=0)  # `signed_in` stands before


def _shop_in(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("shop", ""))
    except ValueError as error:
        raise BadInput(field="shop") from error


app_name = "feed"
urlpatterns = [
    path("why/<uuid:decision>/<int:position>", why, name="why"),
    path("me/feed", beliefs, name="beliefs"),
    path("me/feed/forget", forget, name="forget"),
    path("feed/hide", hide, name="hide"),
    path("feed/show", show, name="show"),
]
