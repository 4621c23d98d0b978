"""The way to object to what hurts a score."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laotie.goods.catalogue import queries as catalogue
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, rate_limit, render, signed_in
from laotie.kit.pages.problems import sentence
from laotie.people.merchants import queries as merchants
from laotie.trust.appeals import actions, operator_pages, queries
from laotie.trust.appeals.contracts import SEASON_DAYS, Appeal, Ground
from laotie.trust.appeals.words import rows
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import CREATOR
from laotie.trust.violations import queries as violations


@signed_in
@rate_limit("appeals.make", 20)
def make(request: HttpRequest, kind: str, entity_id: UUID, line_id: UUID) -> HttpResponse:
    """The form of an appeal against one deal; POST makes it."""
    seller_id = scores.own(account_id(request), kind, entity_id)
    found = scores.score(kind, entity_id)
    cost = next((cost for cost in found.costs if cost.line_id == line_id), None) if found else None
    words, chosen = request.POST.get("words", ""), Ground.WRONG
    if request.POST.get("ground") == Ground.MALICIOUS:
        chosen = Ground.MALICIOUS
    context = {
        "words": words,
        "kind": kind,
        "entity_id": entity_id,
        "cost": cost,
        "product": catalogue.products([cost.product_id]).get(cost.product_id) if cost else None,
        "outcome": scores.in_words(cost.outcome) if cost else "",
        "reviewed": bool(cost and {"bad_review", "poor_review"} & set(cost.metrics)),
        "season": SEASON_DAYS,
        "claims": queries.malicious_in_season(seller_id, clock.now()),
        "chosen": chosen,
    }

    def act() -> Appeal:
        return actions.appeal(account_id(request), kind, entity_id, line_id, words, ground=chosen)

    return _form(request, act, context | _console(kind, seller_id))


@signed_in
@rate_limit("appeals.make", 20)
def make_violation(request: HttpRequest, violation_id: UUID) -> HttpResponse:
    """The form of an appeal against a judged violation; POST makes it."""
    violation = violations.violation(violation_id)
    seller_id = scores.own(account_id(request), violation.kind, violation.entity_id)
    words = request.POST.get("words", "")
    context = {
        "words": words,
        "kind": violation.kind,
        "entity_id": violation.entity_id,
        "violation": violation,
        "rule": violations.rule_name(violation.rule),
    }

    def act() -> Appeal:
        return actions.appeal_violation(account_id(request), violation_id, words)

    return _form(request, act, context | _console(violation.kind, seller_id))


def _form(request: HttpRequest, act: Callable[[], Appeal], context: dict[str, Any]) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        try:
            made = act()
        except MarketError as error:
            fault = sentence(error)
        else:
            messages.success(request, _said(made))
            return redirect("appeals:mine", made.kind, made.entity_id)
    return render(request, "appeals/make.html", status=422 if fault else 200, fault=fault, **context)


def _console(kind: str, seller_id: UUID) -> dict[str, Any]:
    """The frame of the page: a shop's console, or a plain page for a creator."""
    if kind == CREATOR:
        return {"layout": "kit/base.html"}
    shop = merchants.shop(seller_id)
    return {"layout": "kit/console.html", "shop": shop, "console_title": shop.name}


def _said(made: Appeal) -> str:
    if made.judged_at is not None:
        return _("Exempt: the first malicious review of a season needs no judge. It leaves your score within minutes.")
    return _("Your appeal is made. Until an operator has judged it, it does not count.")


@require_safe
@signed_in
def mine(request: HttpRequest, kind: str, entity_id: UUID) -> HttpResponse:
    """A seller's appeals and their answers."""
    seller_id = scores.own(account_id(request), kind, entity_id)
    found = queries.appeals_of(account_id(request), kind, entity_id)
    return render(
        request, "appeals/mine.html", rows=rows(found), kind=kind, entity_id=entity_id, **_console(kind, seller_id)
    )


@require_safe
@signed_in
def find(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """Where a notice leads: the seller's list of appeals."""
    appeal = queries.appeal(appeal_id)
    return redirect("appeals:mine", appeal.kind, appeal.entity_id)


app_name = "appeals"
urlpatterns = [
    path("appeals/violation/<uuid:violation_id>", make_violation, name="make_violation"),
    path("appeals/<slug:kind>/<uuid:entity_id>/", mine, name="mine"),
    path("appeals/<slug:kind>/<uuid:entity_id>/deal/<uuid:line_id>", make, name="make"),
    path("appeals/<uuid:appeal_id>", find, name="find"),
    path("operator/appeals/", operator_pages.desk, name="desk"),
    path("operator/appeals/<uuid:appeal_id>/", operator_pages.case, name="case"),
    path("operator/appeals/<uuid:appeal_id>/uphold", operator_pages.uphold, name="uphold"),
    path("operator/appeals/<uuid:appeal_id>/reject", operator_pages.reject, name="reject"),
]
