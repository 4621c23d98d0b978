"""Pages of those who report, and of those who were reported."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from laotie.kit.errors import BadInput
from laotie.kit.pages import account_id, rate_limit, render, safe_next, signed_in
from laotie.kit.pages.problems import sentence
from laotie.people.desk import actions, queries
from laotie.people.desk.forms import REASONS, ReportForm, WordsForm


@signed_in
@rate_limit("report", per_minute=5)
def file_report(request: HttpRequest, kind: str, object_id: UUID) -> HttpResponse:
    """The form "report this", and its sending."""
    asker = account_id(request)
    subject = queries.subject(asker, kind, object_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report(asker, kind, object_id, form.cleaned_data["reason"], form.cleaned_data["words"])
        except BadInput as error:
            form.add_error(error.field, sentence(error))
        else:
            messages.success(request, _("Thank you. An operator will look at it and you will be told."))
            return redirect(safe_next(request, subject.link or "/"))
    return render(request, "desk/report.html", form=form, subject=subject, next=safe_next(request, subject.link))


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What I reported, and what came of it."""
    return render(request, "desk/mine.html", reports=queries.filed_by(account_id(request)), reasons=REASONS)


@signed_in
@rate_limit("objection", per_minute=5)
def decision(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A decision about something of mine, and my objection to it."""
    report = queries.report_for(account_id(request), report_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.object_to(account_id(request), report_id, form.cleaned_data["words"])
        messages.success(request, _("Your objection was sent. Another look will be taken."))
        return redirect(request.path)
    return render(request, "desk/decision.html", report=report, form=form)
