"""What appeals put on other slices' pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from laotie.kit import clock
from laotie.kit.pages import account_id
from laotie.trust.appeals import queries
from laotie.trust.appeals.contracts import WITHIN_DAYS, Appeal, Subject
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import Cost
from laotie.trust.violations.contracts import Violation


def against_deal(request: HttpRequest, kind: str, entity_id: UUID, seller_id: UUID, cost: Cost, **rest: Any) -> str:
    """Beside a deal that costs: the way to appeal, or how far the appeal is."""
    made = queries.against(Subject.DEAL, cost.line_id, seller_id)
    if made is not None:
        return _state(request, made)
    if cost.age > WITHIN_DAYS:
        return ""
    return _way(reverse("appeals:make", args=[kind, entity_id, cost.line_id]))


def against_violation(request: HttpRequest, violation: Violation, **rest: Any) -> str:
    """Beside a judged violation: the same, for whoever answers for the score."""
    seller_id = scores.seller_of(violation.kind, violation.entity_id)
    made = queries.against(Subject.VIOLATION, violation.id, seller_id)
    if made is not None:
        return _state(request, made)
    over = (clock.now() - violation.judged_at).days >= WITHIN_DAYS
    if over or violation.voided_at or not scores.may(account_id(request), violation.kind, violation.entity_id):
        return ""
    return _way(reverse("appeals:make_violation", args=[violation.id]))


def operator_nav(request: HttpRequest, shop: object = None, **rest: Any) -> str:
    """The operators' entry."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    entry = (reverse("appeals:desk"), _("Appeals"), "gavel", queries.waiting_count())
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)


def operator_waiting(request: HttpRequest, **rest: Any) -> str:
    """On the operators' first page: how many wait."""
    context = {"address": reverse("appeals:desk"), "label": _("Appeals to judge"), "count": queries.waiting_count()}
    return render_to_string("kit/parts/waiting.html", context, request)


def _state(request: HttpRequest, made: Appeal) -> str:
    return render_to_string("appeals/state.html", {"state": made.state}, request)


def _way(address: str) -> str:
    return format_html('<a class="why" href="{}">{}</a>', address, _("appeal"))
