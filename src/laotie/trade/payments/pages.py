"""Paying: the checkout's result page, providers' webhooks, and the sandbox's own page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laotie.kit import clock
from laotie.kit.errors import BadInput
from laotie.kit.money import Money
from laotie.kit.pages import account_id, rate_limit, render, signed_in, wants_partial
from laotie.trade.orders import queries as orders
from laotie.trade.payments import actions, queries
from laotie.trade.payments.providers import sandbox
from laotie.trade.payments.tasks import deliver

app_name = "payments"


@require_safe
@signed_in
def result(request: HttpRequest, checkout_id: UUID) -> HttpResponse:
    """Where a payment stands: the buyer comes back here from the provider."""
    account = account_id(request)
    checkout = orders.checkout_for(account, checkout_id)
    own = orders.orders(checkout.order_ids)
    payment = queries.payment_for(account, checkout_id)
    waiting = bool(payment and payment.state == "started" and checkout.due.minor)
    template = "payments/standing.html" if wants_partial(request) else "payments/result.html"
    return render(
        request,
        template,
        checkout=checkout,
        orders=[own[order_id] for order_id in checkout.order_ids],
        payment=payment,
        paid=any(order.paid.minor for order in own.values()),
        waiting=waiting,
        over=checkout.pay_by < clock.now(),
    )


@require_POST
@signed_in
@rate_limit("pay", per_minute=20)
def pay(request: HttpRequest, checkout_id: UUID) -> HttpResponse:
    """To the provider's page."""
    return redirect(actions.start(account_id(request), checkout_id).page)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """What a provider says; believed only when signed."""
    actions.receive(provider, dict(request.headers), request.body)
    return HttpResponse("ok", content_type="text/plain")


@require_http_methods(["GET", "HEAD", "POST"])
def sandbox_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The sandbox's page: whoever has its address decides what happens, as at a bank with a test card."""
    row = sandbox.booked(reference)
    if request.method != "POST":
        amount = Money(row.amount_minor, row.currency)
        return render(request, "payments/sandbox.html", booked=row, amount=amount, choices=sandbox.LABELS.items())
    try:
        choice = sandbox.Choice(request.POST.get("choice", ""))
    except ValueError as error:
        raise BadInput(field="choice") from error
    for callback in sandbox.choose(reference, choice):
        _send(callback)
    return redirect(row.return_to)


def _send(callback: sandbox.Callback) -> None:
    """Now, through the door of every webhook; later, by the worker."""
    if callback.after:
        at = clock.now() + callback.after
        deliver.configure(schedule_at=at).defer(headers=callback.headers, body=callback.body.decode())
    else:
        actions.receive("sandbox", callback.headers, callback.body)


urlpatterns = [
    path("checkout/<uuid:checkout_id>", result, name="result"),
    path("checkout/<uuid:checkout_id>/pay", pay, name="pay"),
    path("payments/webhook/<slug:provider>", webhook, name="webhook"),
    path("sandbox/pay/<slug:reference>", sandbox_page, name="sandbox"),
]
