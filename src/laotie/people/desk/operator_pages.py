"""The operator's day: what waits, applications, reports."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from laotie.kit.pages import account_id, operator_only, render
from laotie.people.accounts.queries import accounts
from laotie.people.audit.queries import acts_on
from laotie.people.desk import actions, queries
from laotie.people.desk.contracts import WAITING, Report, State
from laotie.people.desk.forms import REASONS, WordsForm
from laotie.people.merchants import actions as merchant_actions
from laotie.people.merchants import queries as merchants

SIZE = 20
JUDGE: dict[str, Callable[[UUID, UUID, str], Report]] = {
    "dismiss": actions.dismiss,
    "warn": actions.warn,
    "take_down": actions.take_down,
    "uphold": actions.uphold,
    "restore": actions.restore,
}


@operator_only
def home(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first."""
    waiting = queries.reports(account_id(request))
    first = [queries.view(row) for row in waiting[:5]]
    applications = merchants.waiting()
    return render(
        request,
        "desk/home.html",
        applications=applications[:5],
        application_count=len(applications),
        reports=first,
        report_count=waiting.count(),
        reasons=REASONS,
    )


@operator_only
def applications(request: HttpRequest) -> HttpResponse:
    """Shops that ask to open."""
    return render(request, "desk/applications.html", shops=merchants.waiting())


@operator_only
def answer(request: HttpRequest, merchant_id: UUID) -> HttpResponse:
    """One application: read it, then say yes, or no with a reason."""
    shop = merchants.shop(merchant_id)
    form = WordsForm(request.POST if request.POST.get("answer") == "reject" else None)
    if request.method == "POST" and request.POST.get("answer") == "approve":
        merchant_actions.approve(account_id(request), merchant_id)
        messages.success(request, _("“%(name)s” is open.") % {"name": shop.name})
        return redirect("desk:applications")
    if request.method == "POST" and form.is_valid():
        merchant_actions.reject(account_id(request), merchant_id, form.cleaned_data["words"])
        messages.success(request, _("“%(name)s” was told why not.") % {"name": shop.name})
        return redirect("desk:applications")
    acts = acts_on("merchant", merchant_id)
    return render(request, "desk/application.html", application=shop, form=form, acts=acts)


@operator_only
def reports(request: HttpRequest) -> HttpResponse:
    """The list of reports: those that wait, or those decided."""
    decided = request.GET.get("view") == "decided"
    states = tuple(state for state in State if state not in WAITING) if decided else WAITING
    rows = queries.reports(account_id(request), states, request.GET.get("kind", "")[:20])
    page: Any = Paginator(rows.reverse() if decided else rows, SIZE).get_page(request.GET.get("page"))
    page.object_list = [queries.view(row) for row in page.object_list]
    return render(request, "desk/reports.html", page=page, decided=decided, reasons=REASONS)


@operator_only
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One case: who says what, the thing as it stood, and the decision."""
    case = queries.report_for(account_id(request), report_id)
    form = WordsForm(request.POST or None, auto_id="id_%s")
    act = JUDGE.get(request.POST.get("act", ""))
    form.fields["words"].required = act is not actions.dismiss
    if request.method == "POST" and act and form.is_valid():
        act(account_id(request), report_id, form.cleaned_data["words"])
        messages.success(request, _("Decided. Everyone concerned has been told."))
        return redirect("desk:reports")
    people = accounts({filing.account_id for filing in case.filings} | set(case.owners))
    return render(
        request,
        "desk/case.html",
        report=case,
        form=form,
        filings=[(people.get(filing.account_id), filing, REASONS[filing.reason]) for filing in case.filings],
        owners=[people[owner] for owner in case.owners if owner in people],
        acts=acts_on("report", report_id),
    )
