"""The till of a room: buy one thing without leaving the page one is on. Every answer is a piece for that page.

What the buyer came from travels sealed (`kit.origin`), so that nobody can write himself a commission. A visitor who is
not signed in is asked to, and comes back to where he was.
"""

from contextlib import suppress
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from laotie.goods.deals import queries as deals
from laotie.kit import clock
from laotie.kit.errors import BadInput, MarketError
from laotie.kit.origin import Origin, opened
from laotie.kit.pages import account_id, rate_limit, signed_in
from laotie.kit.pages.guards import account_of
from laotie.kit.pages.problems import sentence
from laotie.people.addresses import actions as address_actions
from laotie.people.addresses import queries as addresses
from laotie.trade.carts import queries
from laotie.trade.carts.cart_pages import fresh_key
from laotie.trade.carts.checkout_pages import ADDRESS, chosen_address
from laotie.trade.carts.coupons import payable
from laotie.trade.carts.forms import address_in, agreed, ids_in
from laotie.trade.orders import actions as orders
from laotie.trade.payments import actions as payments

MOST = 99
busy = rate_limit("checkout", per_minute=30)


def in_room(request: HttpRequest, card: Any, origin: str, back: str, **_more: Any) -> str:
    """The slot of a room: the till of one card."""
    return _till(request, card.offer_id, origin, back)


@require_POST
@busy
def show(request: HttpRequest) -> HttpResponse:
    """The till anew: another quantity or address."""
    return HttpResponse(_till(request, *_asked(request)))


@require_POST
@signed_in
@busy
def add_address(request: HttpRequest) -> HttpResponse:
    """A new address, and the till with it."""
    fields = {name: request.POST.get(name, "") for name in ADDRESS}
    try:
        made = address_actions.add_address(account_id(request), **fields)
    except MarketError as error:
        return HttpResponse(_till(request, *_asked(request), error=error))
    return HttpResponse(_till(request, *_asked(request), address_id=made.id))


@require_POST
@signed_in
@busy
def place(request: HttpRequest) -> HttpResponse:
    """Order exactly what was shown, then the way to pay it; or the till with what changed."""
    offer_id, origin, back = _asked(request)
    try:
        wanted, total = agreed(request.POST, request.POST.getlist("line"), {offer_id: opened(origin)})
        placed = orders.place(
            account_id(request), wanted, address_in(request.POST), request.POST.get("key", ""), agreed_total=total,
            coupons=ids_in(request.POST.getlist("coupon")),
        )  # fmt: skip
    except MarketError as error:
        return HttpResponse(_till(request, offer_id, origin, back, error=error))
    return _to_pay(request, placed.checkout_id)


def _to_pay(request: HttpRequest, checkout_id: UUID) -> HttpResponse:
    """Where the provider does not answer, the order stands and is paid later."""
    payment = None
    with suppress(MarketError):
        payment = payments.start(account_id(request), checkout_id)
    return render(request, "carts/till_pay.html", {"checkout_id": checkout_id, "payment": payment})


def _asked(request: HttpRequest) -> tuple[UUID, str, str]:
    """The offer, the sealed origin, and where to come back to. Raises BadInput."""
    try:
        offer_id = UUID(request.POST.get("offer", ""))
    except ValueError as error:
        raise BadInput(field="offer") from error
    return offer_id, request.POST.get("origin", "")[:1000], request.POST.get("back", "")[:200]


def _till(
    request: HttpRequest, offer_id: UUID, origin: str, back: str, *,
    error: MarketError | None = None, address_id: UUID | None = None,
) -> str:  # fmt: skip
    account = account_of(request)
    if account is None:
        return _to_sign_in(request, offer_id, back)
    own = addresses.addresses(account)
    chosen = next((one for one in own if one.id == address_id), None) or chosen_address(request, own)
    quantity = _quantity(request)
    order = queries.only(offer_id, quantity, account, Origin(), chosen.region if chosen else "")
    context = {
        "order": order, "payable": payable(order, account), "line": order.lines[0] if order.lines else None,
        "quantity": quantity, "addresses": own, "chosen": chosen, "regions": addresses.regions(), "key": fresh_key(),
        "origin": origin, "back": back, "offer_id": offer_id,
        "problem": sentence(error) if error else "",
    }  # fmt: skip
    return render_to_string("carts/till.html", context, request)


def _to_sign_in(request: HttpRequest, offer_id: UUID, back: str) -> str:
    terms = deals.deal_terms([offer_id], None, clock.now()).get(offer_id)
    here = back if back.startswith("/") and not back.startswith("//") else "/"
    return render_to_string("carts/till_sign_in.html", {"terms": terms, "next": quote(here)}, request)


def _quantity(request: HttpRequest) -> int:
    text = request.POST.get("step") or request.POST.get("quantity", "1")
    return max(1, min(MOST, int(text))) if text.isascii() and text.isdigit() and len(text) < 4 else 1
