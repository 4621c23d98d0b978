"""Judging findings, for operators; reading of voids and objecting, for those whom they touch."""

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
from laotie.people.accounts import queries as accounts
from laotie.people.merchants import queries as merchants
from laotie.trust.risk import actions, drawing, queries, words
from laotie.trust.risk.contracts import Deal, Finding, Touched
from laotie.trust.scores import queries as scores


@operator_only
def desk(request: HttpRequest) -> HttpResponse:
    """Findings: what waits first."""
    found = queries.findings(account_id(request))
    return render(request, "risk/desk.html", rows=[_shown(finding) for finding in found])


@operator_only
def case(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One finding: who, what, when, why; and the judgement."""
    return _case(request, finding_id, "")


def _case(request: HttpRequest, finding_id: UUID, fault: str) -> HttpResponse:
    operator = account_id(request)
    finding = queries.finding(operator, finding_id)
    deals = queries.deals(operator, finding_id)
    people = accounts.by_pseudonym(deal.buyer for deal in deals)
    names = accounts.accounts(people.values())
    drawn = drawing.matrix(deals)
    return render(
        request,
        "risk/case.html",
        status=422 if fault else 200,
        fault=fault,
        words=request.POST.get("answer", ""),
        matrix=drawn,
        days=drawing.by_day(deals),
        shops=[merchants.shops(drawn.shops).get(shop) for shop in drawn.shops],
        buyers=[(buyer, names.get(people[buyer]) if buyer in people else None) for buyer in drawn.buyers[:12]],
        deals=_deals(deals[:50]),
        objections=_said(queries.objections(operator, finding_id)),
        **_shown(finding),
    )


@operator_only
@require_POST
def uphold(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """The deals count no more."""
    return _judge(request, finding_id, actions.uphold, _("Void. The scores it touches are being computed again."))


@operator_only
@require_POST
def release(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """The deals count."""
    return _judge(request, finding_id, actions.release, _("Released. The deals count."))


@signed_in
def of_shop(request: HttpRequest, slug: str) -> HttpResponse:
    """What rules of risk said of a shop's deals."""
    shop = scores.shop_for(account_id(request), slug)
    rows = [_shown(finding) for finding in queries.voided_of(account_id(request), slug)]
    return render(request, "risk/of_shop.html", shop=shop, rows=rows)


@signed_in
@rate_limit("risk.object", 20)
def of_mine(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """A void as the buyer sees it; POST objects."""
    return _touching(request, finding_id, None)


@signed_in
@rate_limit("risk.object", 20)
def of_my_shop(request: HttpRequest, finding_id: UUID, shop_id: UUID) -> HttpResponse:
    """A void as a shop's people see it; POST objects."""
    return _touching(request, finding_id, shop_id)


def _touching(request: HttpRequest, finding_id: UUID, shop_id: UUID | None) -> HttpResponse:
    who, fault = account_id(request), ""
    if request.method == "POST":
        try:
            actions.objection(who, finding_id, request.POST.get("words", ""), shop_id)
        except MarketError as error:
            if error.status in (403, 404):
                raise
            fault = sentence(error)
        else:
            messages.success(request, _("Your objection is made. An operator will judge it."))
            return redirect(request.path)
    seen = queries.touched(who, finding_id, shop_id)
    return render(
        request,
        "risk/touched.html",
        status=422 if fault else 200,
        fault=fault,
        words=request.POST.get("words", ""),
        shop=merchants.shop(shop_id) if shop_id else None,
        **_touched(seen),
    )


def _judge(request: HttpRequest, finding_id: UUID, judge: Any, done: str) -> HttpResponse:
    try:
        judge(account_id(request), finding_id, request.POST.get("answer", ""))
    except MarketError as error:
        if error.field != "answer":
            raise
        return _case(request, finding_id, sentence(error))
    messages.success(request, done)
    return redirect("risk:desk")


def _touched(seen: Touched) -> dict[str, Any]:
    return {"seen": seen, "deals": _deals(seen.deals[:50]), **_shown(seen.finding)}


def _shown(finding: Finding) -> dict[str, Any]:
    label, tone = words.STATES[finding.state]
    shares = sorted(finding.shares.items(), key=lambda pair: -pair[1])
    return {
        "finding": finding,
        "rule": words.rule(finding.rule),
        "meaning": words.meaning(finding.rule),
        "state": label,
        "tone": tone,
        "confidence": 100 * finding.confidence,
        "traces": [(words.TRACES.get(name, name), 100 * share) for name, share in shares],
        "times": finding.count / finding.expected if finding.expected else None,
    }


def _deals(deals: Any) -> list[dict[str, Any]]:
    shops = merchants.shops(deal.shop_id for deal in deals)
    products = catalogue.products([deal.product_id for deal in deals])
    return [_deal(deal, shops.get(deal.shop_id), products.get(deal.product_id)) for deal in deals]


def _deal(deal: Deal, shop: Any, product: Any) -> dict[str, Any]:
    marks = [words.TRACES.get(name, name) for name in deal.marks]
    return {"deal": deal, "of": shop, "product": product, "marks": marks}


def _said(objections: Any) -> list[dict[str, Any]]:
    who = accounts.accounts(said.account_id for said in objections)
    shops = merchants.shops(said.shop_id for said in objections if said.shop_id)
    return [{"said": said, "who": who.get(said.account_id), "of": shops.get(said.shop_id)} for said in objections]


app_name = "risk"
urlpatterns = [
    path("operator/risk/", desk, name="desk"),
    path("operator/risk/<uuid:finding_id>/", case, name="case"),
    path("operator/risk/<uuid:finding_id>/uphold", uphold, name="uphold"),
    path("operator/risk/<uuid:finding_id>/release", release, name="release"),
    path("seller/<slug:slug>/score/voids/", of_shop, name="of_shop"),
    path("voids/<uuid:finding_id>/", of_mine, name="of_mine"),
    path("voids/<uuid:finding_id>/shop/<uuid:shop_id>/", of_my_shop, name="of_my_shop"),
]
