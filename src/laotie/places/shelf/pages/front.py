"""The home page and the mall."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laotie.kit.pages import render
from laotie.places.shelf import home as rows
from laotie.places.shelf import mall as shelves
from laotie.places.shelf.asking import page_of
from laotie.places.shelf.contracts import View
from laotie.places.shelf.listing import THREAD
from laotie.places.shelf.pages.visitors import asker_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is worth a look; further pages of its feed as pieces of a page."""
    view, page = _view(request), page_of(request)
    if page > 1:
        feed = rows.further(asker_of(request), view, page, request.GET.get(THREAD, ""))
        return render(request, "shelf/further.html", feed=feed, views=_views())
    return render(request, "shelf/home.html", home=rows.home(asker_of(request), view), views=_views())


def _view(request: HttpRequest) -> View:
    asked_for = request.GET.get("view", "")
    return View(asked_for) if asked_for in set(View) else View.FOR_YOU


def _views() -> list[tuple[View, str]]:
    return [(View.FOR_YOU, _("For you")), (View.FOLLOWING, _("Following")), (View.NEWEST, _("Newest"))]


@require_safe
def mall(request: HttpRequest) -> HttpResponse:
    """Every category with goods in it."""
    return render(request, "shelf/mall.html", shelves=shelves.mall())
