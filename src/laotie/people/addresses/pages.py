"""Pages of one's addresses."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id as who
from laotie.kit.pages import rate_limit, render, safe_next, signed_in
from laotie.kit.pages.problems import blame
from laotie.people.addresses import actions, queries
from laotie.people.addresses.forms import AddressForm

FORM = ["GET", "POST"]


@require_GET
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """All of one's addresses, the default first."""
    return render(request, "addresses/mine.html", addresses=queries.addresses(who(request)))


@require_http_methods(FORM)
@signed_in
@rate_limit("address", 30)
def new(request: HttpRequest) -> HttpResponse:
    """Write down an address, and go back to where one came from."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_address(who(request), **form.cleaned_data)
        except MarketError as error:
            blame(form, error)
        else:
            return _kept(request)
    return render(request, "addresses/form.html", form=form, next=safe_next(request, ""))


@require_http_methods(FORM)
@signed_in
@rate_limit("address", 30)
def change(request: HttpRequest, address_id: UUID) -> HttpResponse:
    """Write one of one's addresses anew."""
    address = queries.address_for(who(request), address_id)
    form = AddressForm(request.POST or None, initial=asdict(address))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_address(who(request), address_id, **form.cleaned_data)
        except MarketError as error:
            blame(form, error)
        else:
            return _kept(request)
    return render(request, "addresses/form.html", form=form, address=address, next=safe_next(request, ""))


@require_POST
@signed_in
def remove(request: HttpRequest, address_id: UUID) -> HttpResponse:
    """Forget one of one's addresses."""
    actions.remove_address(who(request), address_id)
    messages.success(request, _("The address is removed."))
    return redirect("addresses:mine")


@require_POST
@signed_in
def default(request: HttpRequest, address_id: UUID) -> HttpResponse:
    """Send parcels here unless told otherwise."""
    actions.make_default(who(request), address_id)
    return redirect(safe_next(request, "/me/addresses"))


def _kept(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The address is saved."))
    return redirect(safe_next(request, "/me/addresses"))


app_name = "addresses"
urlpatterns = [
    path("me/addresses", mine, name="mine"),
    path("me/addresses/new", new, name="new"),
    path("me/addresses/<uuid:address_id>", change, name="change"),
    path("me/addresses/<uuid:address_id>/remove", remove, name="remove"),
    path("me/addresses/<uuid:address_id>/default", default, name="default"),
]
