"""What the rulebook puts on other rooms' pages."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _


def operator_nav(request: HttpRequest, shop: object = None, **rest: Any) -> str:
    """The operators' entry."""
    if shop or not getattr(request.user, "is_operator", False):
        return ""
    entry = (reverse("rulebook:desk"), _("Rulebook"), "list", 0)
    return render_to_string("kit/parts/nav.html", {"entries": [entry], "here": request.path}, request)
