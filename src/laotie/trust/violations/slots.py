"""What violations put on other slices' pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.trust.violations import queries, words


def of_score(request: HttpRequest, kind: str, entity_id: UUID, **rest: Any) -> str:
    """On a score's page: what was judged against it, with the way to appeal."""
    rows = [words.row(each, None) for each in queries.of(kind, entity_id, 10)]
    return render_to_string("violations/of_score.html", {"rows": rows}, request) if rows else ""


def operator_nav(request: HttpRequest, shop: object = None, **rest: Any) -> str:
    """The operators' entry."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    entry = (reverse("violations:desk"), _("Violations"), "flag", 0)
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)
