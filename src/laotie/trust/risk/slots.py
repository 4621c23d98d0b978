"""What risk puts on other rooms' pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.trust.risk import queries, words
from laotie.trust.scores.contracts import SHOP


def of_score(request: HttpRequest, kind: str, entity_id: UUID, **rest: Any) -> str:
    """On a shop's own score: which of its deals a rule made void, with the way to object."""
    if kind != SHOP:
        return ""
    found = queries.upheld_of(entity_id)
    rows = [{"finding": finding, "rule": words.rule(finding.rule)} for finding in found]
    return render_to_string("risk/of_score.html", {"rows": rows, "shop_id": entity_id}, request) if rows else ""


def operator_nav(request: HttpRequest, shop: object = None) -> str:
    """The operators' entry."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    entry = (reverse("risk:desk"), _("Void review"), "shield", queries.waiting())
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)
