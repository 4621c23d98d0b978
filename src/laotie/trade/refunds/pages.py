"""Pages of refunds: the buyer's asking, the shop's answer, the market's judgement."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, operator_only, rate_limit, render, signed_in
from laotie.kit.pages.problems import sentence
from laotie.people.merchants import queries as merchants
from laotie.trade.orders import queries as orders
from laotie.trade.orders.errors import NotYours
from laotie.trade.refunds import actions, queries
from laotie.trade.refunds.contracts import Reason, Refund
from laotie.trade.refunds.words import REASONS

app_name = "refunds"
MOST_DIGITS = 4


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@rate_limit("refund", per_minute=20)
def ask(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Choose what should be refunded and why."""
    account = account_id(request)
    order = orders.order_for(account, order_id)
    if order.buyer_id != account:
        raise NotYours
    error = None
    if request.method == "POST":
        chosen = {line.id: _count(request.POST.get(f"line-{line.id}", "0")) for line in order.lines}
        try:
            actions.ask(account, order_id, chosen, request.POST.get("reason", ""), request.POST.get("words", ""))
            return redirect("orders:order", order_id)
        except MarketError as fault:
            error = _(fault.sentence).format(**fault.data)
    lines = [
        (line, queries.worth(order, line, line.left, Reason.QUALITY), range(line.left, -1, -1))
        for line in order.lines
        if line.left
    ]
    shown = {"order": order, "lines": lines, "reasons": REASONS.items(), "error": error, "posted": request.POST}
    return render(request, "refunds/ask.html", status=422 if error else 200, **shown)


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def _buyers(act: Callable[[UUID, UUID], None], sentence: str) -> Callable[..., HttpResponseBase]:
    """A page of a buyer's act on his refund."""

    @require_POST
    @signed_in
    def page(request: HttpRequest, refund_id: UUID) -> HttpResponse:
        order, _refund = queries.refund_for(account_id(request), refund_id)
        act(account_id(request), refund_id)
        messages.success(request, _(sentence))
        return redirect("orders:order", order.id)

    return page


@require_safe
@signed_in
def of_shop(request: HttpRequest, slug: str) -> HttpResponse:
    """A shop's refunds, those to be answered first."""
    shop, account = merchants.shop_by_slug(slug), account_id(request)
    waiting, latest = queries.to_answer(account, shop.id), queries.of_shop(account, shop.id)
    closed = [refund for refund in latest if refund.state != "asked"]
    return render(
        request,
        "refunds/shop.html",
        shop=shop,
        console_title=shop.name,
        waiting=_with_orders(waiting),
        closed=_with_orders(closed),
    )


def _with_orders(refunds: list[Refund]) -> list[tuple[Refund, Any]]:
    found = orders.orders(refund.order_id for refund in refunds)
    return [(refund, found[refund.order_id]) for refund in refunds]


@require_POST
@signed_in
@rate_limit("refund_answer", per_minute=60)
def answer(request: HttpRequest, slug: str, refund_id: UUID) -> HttpResponse:
    """The shop gives the money back, or says no and why."""
    merchants.shop_by_slug(slug)
    try:
        if request.POST.get("answer") == "accept":
            actions.accept(account_id(request), refund_id)
            messages.success(request, _("The money goes back to the buyer."))
        else:
            actions.decline(account_id(request), refund_id, request.POST.get("words", ""))
            messages.success(request, _("Declined. The buyer may ask the market to decide."))
    except MarketError as error:
        if error.status == 403:
            raise
        messages.error(request, sentence(error))
    return redirect("refunds:of_shop", slug)


@require_safe
@operator_only
def disputes(request: HttpRequest) -> HttpResponse:
    """What buyers brought before the market."""
    waiting = _with_orders(queries.to_judge(account_id(request)))
    shops = merchants.shops(order.merchant_id for _refund, order in waiting)
    rows = [(refund, order, shops[order.merchant_id]) for refund, order in waiting]
    return render(request, "refunds/disputes.html", rows=rows)


@require_POST
@operator_only
def judge(request: HttpRequest, refund_id: UUID) -> HttpResponse:
    """The market decides, with its reasons."""
    act = actions.judge_for_buyer if request.POST.get("for") == "buyer" else actions.judge_for_seller
    try:
        act(account_id(request), refund_id, request.POST.get("words", ""))
        messages.success(request, _("Decided. Both sides have been told."))
    except MarketError as error:
        messages.error(request, sentence(error))
    return redirect("refunds:disputes")


urlpatterns = [
    path("orders/<uuid:order_id>/refund", ask, name="ask"),
    path(
        "refunds/<uuid:refund_id>/withdraw",
        _buyers(actions.withdraw, gettext_noop("You took it back.")),
        name="withdraw",
    ),
    path(
        "refunds/<uuid:refund_id>/dispute",
        _buyers(actions.dispute, gettext_noop("The market will look at it.")),
        name="dispute",
    ),
    path("seller/<slug:slug>/refunds", of_shop, name="of_shop"),
    path("seller/<slug:slug>/refunds/<uuid:refund_id>", answer, name="answer"),
    path("operator/refunds", disputes, name="disputes"),
    path("operator/refunds/<uuid:refund_id>", judge, name="judge"),
]
