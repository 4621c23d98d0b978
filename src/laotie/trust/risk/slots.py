"""What risk puts on other rooms' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from laotie.trust.risk import queries


def operator_nav(request: HttpRequest, shop: object = None) -> str:
    """The operators' entry."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    entry = (reverse("risk:desk"), _("Void review"), "shield", queries.waiting())
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)
