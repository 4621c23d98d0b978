"""Appealing, for shops; judging, for operators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laotie.goods.catalogue import queries as catalogue
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, operator_only, rate_limit, render, signed_in
from laotie.kit.pages.problems import sentence
from laotie.people.merchants import queries as merchants
from laotie.trust.appeals import actions, queries
from laotie.trust.appeals.contracts import Appeal
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import SHOP


@signed_in
@rate_limit("appeals.make", 20)
def make(request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
    """The form of an appeal against one deal; POST makes it."""
    shop = scores.shop_for(account_id(request), slug)
    words, fault = request.POST.get("words", ""), ""
    if request.method == "POST":
        try:
            actions.appeal(account_id(request), shop.id, line_id, words)
        except MarketError as error:
            fault = sentence(error)
        else:
            messages.success(request, _("Your appeal is made. An operator will judge it."))
            return redirect("appeals:of_shop", slug)
    found = scores.score(SHOP, shop.id)
    cost = next((cost for cost in found.costs if cost.line_id == line_id), None) if found else None
    product = catalogue.products([cost.product_id]).get(cost.product_id) if cost else None
    outcome = scores.in_words(cost.outcome) if cost else ""
    context = {"shop": shop, "cost": cost, "product": product, "outcome": outcome, "words": words, "fault": fault}
    return render(request, "appeals/make.html", status=422 if fault else 200, **context)


@signed_in
def of_shop(request: HttpRequest, slug: str) -> HttpResponse:
    """A shop's appeals and their answers."""
    shop = scores.shop_for(account_id(request), slug)
    return render(
        request, "appeals/of_shop.html", shop=shop, rows=_rows(queries.appeals_of(account_id(request), shop.id))
    )


@signed_in
def find(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """Where a notice leads: the shop's list of appeals."""
    return redirect("appeals:of_shop", merchants.shop(queries.appeal(appeal_id).shop_id).slug)


@operator_only
def desk(request: HttpRequest) -> HttpResponse:
    """Appeals that wait for a judgement."""
    return render(request, "appeals/desk.html", rows=_rows(queries.waiting()))


@operator_only
def case(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """One appeal with what is known of the deal."""
    return render(request, "appeals/case.html", **_rows([queries.appeal(appeal_id)])[0])


@operator_only
@require_POST
def uphold(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """The deal will count no more."""
    actions.uphold(account_id(request), appeal_id, request.POST.get("answer", ""))
    messages.success(request, _("Upheld. The scores it touched are being computed again."))
    return redirect("appeals:desk")


@operator_only
@require_POST
def reject(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """The deal goes on counting."""
    actions.reject(account_id(request), appeal_id, request.POST.get("answer", ""))
    messages.success(request, _("Rejected. The shop was told why."))
    return redirect("appeals:desk")


def _rows(appeals: list[Appeal]) -> list[dict[str, Any]]:
    shops = merchants.shops(appeal.shop_id for appeal in appeals)
    products = catalogue.products([appeal.product_id for appeal in appeals])
    return [
        {
            "appeal": appeal,
            "of": shops.get(appeal.shop_id),
            "product": products.get(appeal.product_id),
            "outcome": scores.in_words(appeal.outcome),
        }
        for appeal in appeals
    ]


app_name = "appeals"
urlpatterns = [
    path("seller/<slug:slug>/score/appeals/", of_shop, name="of_shop"),
    path("seller/<slug:slug>/score/appeal/<uuid:line_id>/", make, name="make"),
    path("seller/score/appeals/<uuid:appeal_id>", find, name="find"),
    path("operator/appeals/", desk, name="desk"),
    path("operator/appeals/<uuid:appeal_id>/", case, name="case"),
    path("operator/appeals/<uuid:appeal_id>/uphold", uphold, name="uphold"),
    path("operator/appeals/<uuid:appeal_id>/reject", reject, name="reject"),
]
