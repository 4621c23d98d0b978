"""The checkout: where to, what it costs in all, and placing the order."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from laotie.kit.errors import MarketError
from laotie.kit.origin import Origin
from laotie.kit.pages import account_id, rate_limit, render, safe_next, signed_in
from laotie.kit.pages.problems import sentence
from laotie.kit.tokens import QUERY
from laotie.people.addresses import actions as address_actions
from laotie.people.addresses import queries as addresses
from laotie.people.addresses.contracts import Address
from laotie.trade.carts import actions, queries
from laotie.trade.carts.cart_pages import fresh_key
from laotie.trade.carts.contracts import Cart
from laotie.trade.carts.coupons import payable
from laotie.trade.carts.forms import address_in, agreed, decision_of, ids_in, notes_in
from laotie.trade.carts.visiting import with_cart
from laotie.trade.orders import actions as orders
from laotie.trade.orders.errors import NotServed, PriceChanged
from laotie.trade.payments import actions as payments

ADDRESS = ("name", "phone", "region", "city", "street", "postcode")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@rate_limit("checkout", per_minute=30)
@with_cart
def checkout(request: HttpRequest, cart: UUID) -> HttpResponse:
    """Show what would be ordered; a POST orders exactly what was shown, or says what changed."""
    if request.method == "POST":
        return _place(request, cart)
    return _show(request, cart)


def _show(request: HttpRequest, cart: UUID, error: MarketError | None = None) -> HttpResponse:
    own = addresses.addresses(account_id(request))
    chosen = chosen_address(request, own)
    order = _wanted(request, cart, chosen.region if chosen else "")
    if not order.lines:
        return redirect("carts:cart")
    return render(
        request,
        "carts/checkout.html",
        order=order,
        payable=payable(order, account_id(request)),
        addresses=own,
        chosen=chosen,
        regions=addresses.regions(),
        key=fresh_key(),
        error=error,
        again=request.GET.urlencode(),
        status=error.status if error else 200,
    )


def chosen_address(request: HttpRequest, own: list[Address]) -> Address | None:
    """The address that was asked for, else the first."""
    asked = ids_in(request.GET.getlist("address") + request.POST.getlist("address"))
    return next((address for address in own if address.id in asked), own[0] if own else None)


def _wanted(request: HttpRequest, cart: UUID, region: str) -> Cart:
    """The one line of "buy now", the chosen lines of the cart, or all of it that can be had."""
    now, quantity = ids_in(request.GET.getlist("offer")), request.GET.get("quantity", "1")
    if now:
        count = int(quantity) if quantity.isascii() and quantity.isdigit() and len(quantity) < 4 else 1
        origin = Origin(request.GET.get("entry", "direct")[:20], decision=decision_of(request.GET.get(QUERY, "")))
        return queries.only(now[0], max(1, count), account_id(request), origin, region)
    whole = queries.cart(cart, account_id(request))
    lines = ids_in(request.GET.getlist("line")) or [line.offer_id for line in whole.buyable]
    return queries.chosen(whole, lines, region)


def _place(request: HttpRequest, cart: UUID) -> HttpResponse:
    account = account_id(request)
    shown = _wanted(request, cart, "")
    origins = {line.offer_id: line.origin for line in shown.lines}
    wanted, total = agreed(request.POST, request.POST.getlist("line"), origins)
    try:
        placed = orders.place(
            account,
            wanted,
            address_in(request.POST),
            request.POST.get("key", ""),
            agreed_total=total,
            notes=notes_in(request.POST),
            coupons=ids_in(request.POST.getlist("coupon")),
        )
    except NotServed as error:
        return _show(request, cart, error)
    except PriceChanged as error:
        actions.confirm_prices(cart, account)
        return _show(request, cart, error)
    except MarketError as error:
        messages.error(request, sentence(error))
        return redirect("carts:cart") if error.status == 409 else _show(request, cart, error)
    if not request.GET.get("offer"):
        actions.remove(cart, *(line.offer_id for line in wanted))
    return _to_pay(account, placed.checkout_id)


def _to_pay(account: UUID, checkout_id: UUID) -> HttpResponse:
    """Straight to the provider's page; where it does not answer, to the page that lets one try again."""
    try:
        return redirect(payments.start(account, checkout_id).page)
    except MarketError:
        return redirect("payments:result", checkout_id)


@require_POST
@signed_in
@rate_limit("checkout", per_minute=30)
def add_address(request: HttpRequest) -> HttpResponse:
    """A new address, without leaving the checkout."""
    back = safe_next(request, reverse("carts:checkout"))
    fields = {name: request.POST.get(name, "") for name in ADDRESS}
    try:
        address = address_actions.add_address(account_id(request), **fields)
    except MarketError as error:
        messages.error(request, sentence(error))
        return redirect(back)
    separator = "&" if "?" in back else "?"
    return redirect(f"{back}{separator}{urlencode({'address': address.id})}")
