"""A buyer's orders."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from laotie.kit.pages import account_id, confirmed, rate_limit, render, signed_in
from laotie.people.merchants import queries as merchants
from laotie.trade.orders import actions, queries
from laotie.trade.orders.contracts import Party
from laotie.trade.orders.listing import BUYER_TABS, page_number, paged, tabs, wanted
from laotie.trade.orders.transitions import events_for
from laotie.trade.orders.words import BUYER_REASONS


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """My orders, by state, with search."""
    account, chosen = account_id(request), request.GET.get("tab", "")
    chosen = chosen if chosen in BUYER_TABS else ""
    found = queries.orders_of_buyer(account, wanted(request, BUYER_TABS[chosen][1]), page_number(request), size=10)
    return render(
        request,
        "orders/mine.html",
        found=found,
        page=paged(found),
        shops=merchants.shops(order.merchant_id for order in found.orders),
        tabs=tabs(BUYER_TABS, chosen, queries.counts_of_buyer(account)),
        words=request.GET.get("q", ""),
        party=Party.BUYER,
    )


@require_safe
@signed_in
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order: where it is, what is in it, what can be done. A shop's people are led to their own page of it."""
    account = account_id(request)
    found = queries.order_for(account, order_id)
    party = queries.role_in(account, found)
    shop = merchants.shop(found.merchant_id)
    if party is Party.SELLER:
        return redirect("orders:shop_order", shop.slug, order_id)
    return render(
        request,
        "orders/order.html",
        order=found,
        shop=shop,
        party=party,
        may=events_for(found.state, party or Party.BUYER),
        parcels=queries.parcels([order_id])[order_id],
        repayments=queries.repayments_of(order_id),
        steps=queries.history(order_id),
        reasons=BUYER_REASONS,
    )


@require_POST
@signed_in
@rate_limit("order", per_minute=60)
@confirmed(gettext_noop("Cancel this order? What you paid goes back to you."))
def cancel(request: HttpRequest, order_id: UUID) -> HttpResponse:
    actions.cancel(account_id(request), order_id, _reason(request))
    messages.success(request, _("The order is cancelled."))
    return redirect("orders:order", order_id)


def _reason(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "")
    return reason if reason in BUYER_REASONS else ""


@require_POST
@signed_in
@rate_limit("order", per_minute=60)
@confirmed(gettext_noop("Has everything arrived?"))
def sign(request: HttpRequest, order_id: UUID) -> HttpResponse:
    actions.sign(account_id(request), order_id)
    messages.success(request, _("Thank you. Enjoy it!"))
    return redirect("orders:order", order_id)
