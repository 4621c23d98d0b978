"""What appeals put on other rooms' pages."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from laotie.people.merchants.contracts import Shop
from laotie.trust.appeals import actions, queries
from laotie.trust.scores.contracts import Cost


def against_deal(request: HttpRequest, shop: Shop, cost: Cost, **rest: Any) -> str:
    """Beside a deal that costs: the way to appeal, or how far the appeal is."""
    made = queries.of_line(cost.line_id)
    if made is not None:
        return render_to_string("appeals/state.html", {"state": made.state}, request)
    if cost.age > actions.WITHIN_DAYS:
        return ""
    return format_html(
        '<a class="why" href="{}">{}</a>', reverse("appeals:make", args=[shop.slug, cost.line_id]), _("appeal")
    )


def operator_nav(request: HttpRequest, shop: object = None) -> str:
    """The operators' entry."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    entry = (reverse("appeals:desk"), _("Appeals"), "gavel", len(queries.waiting()))
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)
