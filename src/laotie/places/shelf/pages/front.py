"""The home page and the mall."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from laotie.kit.pages import render
from laotie.places.shelf import home as rows
from laotie.places.shelf import mall as shelves
from laotie.places.shelf.pages.visitors import account_of, language, pseudonym_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is worth a look, in rows that say why."""
    shown = rows.home(account_of(request), pseudonym_of(request), language())
    return render(request, "shelf/home.html", home=shown)


@require_safe
def mall(request: HttpRequest) -> HttpResponse:
    """Every category with goods in it."""
    return render(request, "shelf/mall.html", shelves=shelves.mall())
