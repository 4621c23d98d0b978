"""What a visitor chose about the pages themselves: language and theme, kept in cookies and set by plain forms."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from laotie.kit.pages.rendering import safe_next

THEME_COOKIE = "laotie_theme"
THEMES = frozenset({"light", "dark"})
A_YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """ "light", "dark", or "" for what the visitor's system prefers."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme; anything but light and dark means: as the system."""
    response = HttpResponseRedirect(safe_next(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=A_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


app_name = "kit"
urlpatterns = [
    path("preferences/theme", theme, name="theme"),
    path("preferences/language", set_language, name="language"),
]
