"""What the desk puts on other rooms' pages."""

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.kit.pages import account_id
from laotie.kit.pages.stencils import drawn
from laotie.people.desk import queries


def report_link(request: HttpRequest, kind: str, object_id: UUID) -> str:
    """ "Report this", wherever something can break the rules."""
    holes = {"address": reverse("desk:report", args=[kind, object_id])}
    return drawn("desk/report_link.html", request, {}, holes)


def operator_nav(request: HttpRequest, shop: object = None) -> str:
    """The operators' side navigation; nothing in a shop's console."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    waiting = queries.waiting_count(account_id(request))
    entries = [
        (reverse("desk:home"), _("Today"), "home", 0),
        (reverse("desk:applications"), _("Applications"), "shop", 0),
        (reverse("desk:reports"), _("Reports"), "flag", waiting),
        (reverse("desk:accounts"), _("Accounts"), "people", 0),
        (reverse("audit:acts"), _("Record of acts"), "list", 0),
    ]
    return render_to_string("kit/parts/nav.html", {"entries": entries, "here": request.path}, request)
