"""/look: every component of the pages in one place, so that a change to them can be seen at once."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from laotie.kit import clock, market
from laotie.kit.pages.rendering import render


class Specimen(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As buyers will read it."), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("a", _("Seafood")), ("b", _("Jade"))])
    words = forms.CharField(label=_("Words"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    promise = forms.BooleanField(label=_("Ships within 24 hours"), required=False)
    way = forms.ChoiceField(label=_("Way"), widget=forms.RadioSelect, choices=[("a", _("Post")), ("b", _("Courier"))])
    file = forms.FileField(label=_("Picture"), required=False)


def look(request: HttpRequest) -> HttpResponse:
    """Shown in a demo, and to operators."""
    if not settings.CONFIG.demo and not getattr(request.user, "is_operator", False):
        raise Http404
    return render(request, "kit/look.html", **_samples(request))


def _samples(request: HttpRequest) -> dict[str, Any]:
    money = market.current().money
    return {
        "form": Specimen({"name": ""}),
        "cheap": money(5990),
        "dear": money(8200),
        "list": Paginator(range(200), 10).get_page(request.GET.get("page", "7")),
        "moment": clock.now() - timedelta(hours=3),
        "tones": ["", "good", "wait", "bad", "new"],
    }


app_name = "specimen"
urlpatterns = [path("look", look, name="look")]
