"""A shop's orders: ship first what is pressing, find, look, export."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laotie.kit.errors import MarketError, NotFound
from laotie.kit.pages import account_id, confirmed, rate_limit, render, signed_in
from laotie.kit.pages.problems import sentence
from laotie.people.accounts import queries as accounts
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.trade.orders import actions, queries, sheets
from laotie.trade.orders.contracts import CARRIERS, Order, Party
from laotie.trade.orders.listing import SHOP_TABS, page_number, paged, tabs, wanted
from laotie.trade.orders.transitions import events_for
from laotie.trade.orders.words import SELLER_REASONS

MOST_BYTES = 1_000_000


@require_safe
@signed_in
def orders(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to be shipped, the most pressing first; and everything else by tab, state and words."""
    account, shop = account_id(request), merchants.shop_by_slug(slug)
    chosen = request.GET.get("tab", "ship")
    chosen = chosen if chosen in SHOP_TABS else "ship"
    counts = queries.counts_of_shop(account, shop.id)
    found = queries.orders_of_shop(account, shop.id, wanted(request, SHOP_TABS[chosen][1]), page_number(request))
    return render(
        request,
        "orders/shop.html",
        shop=shop,
        console_title=shop.name,
        found=found,
        page=paged(found),
        tabs=tabs(SHOP_TABS, chosen, counts),
        chosen=chosen,
        words=request.GET.get("q", ""),
        buyers=accounts.accounts(order.buyer_id for order in found.orders),
        carriers=CARRIERS.items(),
        export=f"{reverse('orders:export', args=[slug])}?{request.GET.urlencode()}",
    )


@require_safe
@signed_in
def order(request: HttpRequest, slug: str, order_id: UUID) -> HttpResponse:
    """One order as the shop sees it, with its history."""
    shop, found = _order(request, slug, order_id)
    return render(
        request,
        "orders/shop_order.html",
        shop=shop,
        console_title=shop.name,
        order=found,
        buyer=accounts.account(found.buyer_id),
        party=Party.SELLER,
        may=events_for(found.state, Party.SELLER) if _may_move(request, shop) else frozenset(),
        parcels=queries.parcels([order_id])[order_id],
        repayments=queries.repayments_of(order_id),
        steps=queries.history(order_id),
        carriers=CARRIERS.items(),
        reasons=SELLER_REASONS,
    )


def _order(request: HttpRequest, slug: str, order_id: UUID) -> tuple[Shop, Order]:
    shop, found = merchants.shop_by_slug(slug), queries.order_for(account_id(request), order_id)
    if found.merchant_id != shop.id or queries.role_in(account_id(request), found) is Party.BUYER:
        raise NotFound
    return shop, found


def _may_move(request: HttpRequest, shop: Shop) -> bool:
    return grants.may(account_id(request), "orders", shop.id)


@require_POST
@signed_in
@rate_limit("ship", per_minute=120)
def ship(request: HttpRequest, slug: str, order_id: UUID) -> HttpResponse:
    _order(request, slug, order_id)
    carrier, tracking = request.POST.get("carrier", ""), request.POST.get("tracking", "")
    try:
        actions.ship(account_id(request), order_id, carrier, tracking)
        messages.success(request, _("Shipped. The buyer has been told."))
    except MarketError as error:
        messages.error(request, sentence(error))
    back = request.POST.get("back") == "list"
    return redirect("orders:shop", slug) if back else redirect("orders:shop_order", slug, order_id)


@require_POST
@signed_in
@confirmed(gettext_noop("Cancel this order? It counts as cancelled by the shop, and the buyer gets the money back."))
def cancel(request: HttpRequest, slug: str, order_id: UUID) -> HttpResponse:
    _order(request, slug, order_id)
    reason = request.POST.get("reason", "")
    actions.cancel(account_id(request), order_id, reason if reason in SELLER_REASONS else "")
    messages.success(request, _("The order is cancelled."))
    return redirect("orders:shop_order", slug, order_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@rate_limit("ship_many", per_minute=10)
def ship_many(request: HttpRequest, slug: str) -> HttpResponse:
    """Ship from a sheet of order number, carrier, tracking number; every line that cannot be used is listed."""
    shop = merchants.shop_by_slug(slug)
    grants.require(account_id(request), "orders", shop.id)
    done = None
    if request.method == "POST":
        upload = request.FILES.get("sheet")
        content = upload.read(MOST_BYTES) if upload else b""
        done = sheets.ship_all(account_id(request), shop.id, content)
        shipped = sum(not row.fault for row in done)
        messages.info(
            request, ngettext("{count} order shipped.", "{count} orders shipped.", shipped).format(count=shipped)
        )
    return render(
        request, "orders/ship_many.html", shop=shop, console_title=shop.name, done=done, carriers=CARRIERS.items()
    )


@require_safe
@signed_in
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The list as it is filtered, as CSV, one line of an order a row."""
    shop = merchants.shop_by_slug(slug)
    grants.require(account_id(request), "orders", shop.id)
    states = SHOP_TABS.get(request.GET.get("tab", "ship"), SHOP_TABS["all"])[1]
    rows = sheets.export(account_id(request), shop.id, wanted(request, states))
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="orders-{slug}.csv"'
    return answer
