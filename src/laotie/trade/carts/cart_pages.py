"""The cart's pages. Every change is a small form, so that it works without script."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laotie.kit.errors import MarketError
from laotie.kit.ids import new_id
from laotie.kit.pages import account_id, rate_limit, render, safe_next, signed_in
from laotie.kit.pages.guards import account_of
from laotie.kit.tokens import QUERY
from laotie.people.addresses import queries as addresses
from laotie.trade.carts import actions, queries
from laotie.trade.carts.forms import ids_in, put_form
from laotie.trade.carts.visiting import with_cart
from laotie.trade.orders import queries as orders

busy = rate_limit("cart", per_minute=120)


@require_safe
@with_cart
def cart(request: HttpRequest, cart: UUID) -> HttpResponse:
    """What is in the cart, by shop, with what changed since it was put there."""
    account = account_of(request)
    own = addresses.addresses(account) if account else []
    region = own[0].region if own else ""
    found = queries.cart(cart, account, region)
    if any(line.dearer or line.cheaper for line in found.lines):
        actions.confirm_prices(cart, account)
    return render(request, "carts/cart.html", cart=found, region=region, removed=_removed(request))


def _removed(request: HttpRequest) -> dict[str, str] | None:
    """What was taken out a moment ago, for taking it back."""
    offer, quantity = ids_in(request.GET.getlist("removed")), request.GET.get("quantity", "1")
    known = offer and quantity.isascii() and quantity.isdigit()
    return {"offer": str(offer[0]), "quantity": quantity[:3]} if known else None


@require_POST
@busy
@with_cart
def put(request: HttpRequest, cart: UUID) -> HttpResponse:
    offer_id, quantity, origin = put_form(request)
    actions.put(cart, offer_id, quantity, origin, guest=account_of(request) is None)
    messages.success(request, _("It is in your cart."))
    return redirect(safe_next(request, reverse("carts:cart")))


@require_POST
@busy
def buy_now(request: HttpRequest) -> HttpResponse:
    """To the checkout with this alone; the cart stays as it is."""
    offer_id, quantity, origin = put_form(request)
    actions.check_count(quantity)
    query = urlencode({"offer": offer_id, "quantity": quantity, "entry": origin.entry} | _slot(request))
    return redirect(f"{reverse('carts:checkout')}?{query}")


def _slot(request: HttpRequest) -> dict[str, str]:
    token = request.POST.get(QUERY, "")[:200]
    return {QUERY: token} if token else {}


@require_POST
@busy
@with_cart
def quantity(request: HttpRequest, offer_id: UUID, cart: UUID) -> HttpResponse:
    text = request.POST.get("step") or request.POST.get("quantity", "")
    actions.set_quantity(cart, offer_id, int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0)
    return redirect("carts:cart")


@require_POST
@busy
@with_cart
def remove(request: HttpRequest, offer_id: UUID, cart: UUID) -> HttpResponse:
    actions.remove(cart, offer_id)
    query = urlencode({"removed": offer_id, "quantity": request.POST.get("quantity", "1")[:3]})
    return redirect(f"{reverse('carts:cart')}?{query}")


@require_POST
@busy
@with_cart
def later(request: HttpRequest, offer_id: UUID, cart: UUID) -> HttpResponse:
    actions.save_for_later(cart, offer_id)
    return redirect("carts:cart")


@require_POST
@busy
@with_cart
def take_up(request: HttpRequest, offer_id: UUID, cart: UUID) -> HttpResponse:
    actions.take_up(cart, offer_id)
    return redirect("carts:cart")


@require_POST
@signed_in
@busy
@with_cart
def again(request: HttpRequest, order_id: UUID, cart: UUID) -> HttpResponse:
    """Put what an order had back into the cart, as far as it is still sold."""
    missing = []
    for line in orders.order_for(account_id(request), order_id).lines:
        try:
            actions.put(cart, line.offer_id, line.quantity)
        except MarketError:
            missing.append(line.title)
    if missing:
        messages.warning(request, _("No longer on sale: {titles}.").format(titles=", ".join(missing)))
    return redirect("carts:cart")


def fresh_key() -> str:
    """An idempotency key for a form: pressing its button twice orders once."""
    return new_id().hex
