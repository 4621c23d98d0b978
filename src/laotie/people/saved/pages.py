"""Keeping products for later: the list, and the button that other rooms show."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from laotie.kit.pages import account_id as who
from laotie.kit.pages import rate_limit, render, safe_next, signed_in, wants_partial
from laotie.people.lists import asked_page
from laotie.people.saved import actions, queries
from laotie.people.saved.slots import button


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What one keeps; the slot "saved.products" draws it, since products live on a floor above."""
    page, offset = asked_page(request, queries.count(who(request)))
    product_ids = queries.saved(who(request), limit=page.paginator.per_page, offset=offset)
    return render(request, "saved/mine.html", product_ids=product_ids, page=page)


@require_POST
@signed_in
@rate_limit("save", 60)
def save(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Keep a product."""
    actions.save(who(request), product_id)
    return _answer(request, product_id)


@require_POST
@signed_in
@rate_limit("save", 60)
def unsave(request: HttpRequest, product_id: UUID) -> HttpResponse:
    """Keep it no longer."""
    actions.unsave(who(request), product_id)
    return _answer(request, product_id)


def _answer(request: HttpRequest, product_id: UUID) -> HttpResponse:
    if wants_partial(request):
        return HttpResponse(button(request, product_id=product_id))
    return redirect(safe_next(request, "/me/saved"))


app_name = "saved"
urlpatterns = [
    path("me/saved", mine, name="mine"),
    path("me/saved/<uuid:product_id>/save", save, name="save"),
    path("me/saved/<uuid:product_id>/unsave", unsave, name="unsave"),
]
