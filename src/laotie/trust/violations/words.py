"""Violations in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laotie.trust.rulebook.queries import kind_name
from laotie.trust.scores.contracts import Named
from laotie.trust.violations.contracts import Rule, Violation

RULES: dict[str, Promise] = {
    Rule.MISLEADING: _("Misleading words or pictures"),
    Rule.COUNTERFEIT: _("Counterfeit or not as described"),
    Rule.FORBIDDEN: _("May not be sold"),
    Rule.OFF_PLATFORM: _("Asked to pay elsewhere"),
    Rule.FAKE_DEALS: _("Fake deals"),
    Rule.BOUGHT_REVIEWS: _("Bought reviews"),
    Rule.ABUSE: _("Insulted or pressed a buyer"),
    Rule.OTHER: _("Something else"),
}


def row(violation: Violation, named: Named | None) -> dict[str, Any]:
    """A violation as a page shows it; points of a hundred."""
    return {
        "violation": violation,
        "rule": RULES[violation.rule],
        "points": violation.points_bp / 100,
        "kind": kind_name(violation.kind),
        "of": named,
    }
