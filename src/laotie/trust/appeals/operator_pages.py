"""The operators' desk of appeals: what waits, one case, the judgement."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laotie.kit.pages import account_id, operator_only, render
from laotie.trust.appeals import actions, queries
from laotie.trust.appeals.contracts import SEASON_DAYS, Subject
from laotie.trust.appeals.words import rows
from laotie.trust.violations import queries as violations


@require_safe
@operator_only
def desk(request: HttpRequest) -> HttpResponse:
    """Appeals that wait for a judgement, and what was judged last."""
    return render(request, "appeals/desk.html", rows=rows(queries.waiting()), judged=rows(queries.judged(15)))


@require_safe
@operator_only
def case(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """One appeal with what is known of the deal or the violation."""
    appeal = queries.appeal(appeal_id)
    violation = violations.violation(appeal.subject_id) if appeal.subject is Subject.VIOLATION else None
    claims = queries.malicious_in_season(appeal.seller_id, appeal.made_at)
    return render(
        request, "appeals/case.html", violation=violation, claims=claims, season=SEASON_DAYS, **rows([appeal])[0]
    )


@operator_only
@require_POST
def uphold(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """It will count no more."""
    actions.uphold(account_id(request), appeal_id, request.POST.get("answer", ""))
    messages.success(request, _("Upheld. The scores it touched are being computed again."))
    return redirect("appeals:desk")


@operator_only
@require_POST
def reject(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """It counts again."""
    actions.reject(account_id(request), appeal_id, request.POST.get("answer", ""))
    messages.success(request, _("Rejected. The seller was told why."))
    return redirect("appeals:desk")
