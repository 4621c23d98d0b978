"""Judging violations at the operators' desk; and a violation as its seller reads it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from laotie.kit.errors import MarketError
from laotie.kit.pages import account_id, operator_only, rate_limit, render, signed_in
from laotie.kit.pages.problems import blame
from laotie.people.accounts import queries as accounts
from laotie.trust.scores import queries as scores
from laotie.trust.violations import actions, queries, words
from laotie.trust.violations.contracts import LEAST_BP, MOST_BP, Rule, Violation


class JudgeForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("Whom"),
        max_length=300,
        help_text=gettext_lazy("The address of a shop's, a product's or a creator's page."),
    )
    rule = forms.ChoiceField(label=gettext_lazy("Which rule was broken"), choices=list(words.RULES.items()))
    points = forms.DecimalField(
        label=gettext_lazy("Points of a hundred"),
        min_value=LEAST_BP / 100,
        max_value=MOST_BP / 100,
        decimal_places=2,
        help_text=gettext_lazy("They come off the points that make the score, and wear off by the rulebook."),
    )
    note = forms.CharField(
        label=gettext_lazy("What happened, as the seller will read it"),
        min_length=actions.LEAST_NOTE,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@operator_only
@rate_limit("violations", 30)
def desk(request: HttpRequest) -> HttpResponse:
    """What was judged last, and the form; POST judges."""
    form = JudgeForm(request.POST or None, initial={"address": request.GET.get("of", ""), "points": 3})
    if request.method == "POST" and form.is_valid():
        try:
            _judge(account_id(request), form.cleaned_data)
        except MarketError as error:
            blame(form, error)
        else:
            messages.success(request, _("Judged. The seller is told and can appeal for 7 days."))
            return redirect("violations:desk")
    status = 422 if form.errors else 200
    return render(request, "violations/desk.html", form=form, status=status, rows=_rows(queries.newest()))


def _judge(operator_id: UUID, said: dict[str, Any]) -> None:
    kind, entity_id = queries.named(said["address"])
    actions.judge(
        operator_id, kind, entity_id, Rule(said["rule"]), points_bp=int(said["points"] * 100), note=said["note"]
    )


@require_safe
@signed_in
def one(request: HttpRequest, violation_id: UUID) -> HttpResponse:
    """A violation, for the seller it hit and for operators."""
    violation = queries.violation(violation_id)
    if not accounts.account(account_id(request)).is_operator:
        scores.own(account_id(request), violation.kind, violation.entity_id)
    return render(request, "violations/one.html", row=_rows([violation])[0])


def _rows(found: list[Violation]) -> list[dict[str, Any]]:
    named: dict[UUID, Any] = {}
    for kind in {each.kind for each in found}:
        named |= scores.named(kind, [each.entity_id for each in found if each.kind == kind])
    return [words.row(each, named.get(each.entity_id)) for each in found]


app_name = "violations"
urlpatterns = [
    path("operator/violations/", desk, name="desk"),
    path("violations/<uuid:violation_id>", one, name="one"),
]
