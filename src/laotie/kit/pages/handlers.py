"""Django's own failures, in the market's words. `runtime.urls` names them handler400 … handler500."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from laotie.kit.pages.problems import page
from laotie.kit.pages.rendering import wants_json

Cause = Exception | None


def bad_request(request: HttpRequest, exception: Cause = None) -> HttpResponse:
    return _answer(request, 400, "bad_request", _("This request could not be understood."))


def forbidden(request: HttpRequest, exception: Cause = None, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "forbidden", _("You may not do this."))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form's token is missing or old."""
    words = _("This form has expired. Go back, reload the page and send it again.")
    return _answer(request, 403, "form_expired", words)


def not_found(request: HttpRequest, exception: Cause = None) -> HttpResponse:
    """Nothing there; an address typed with a slash too many leads to the page that was meant."""
    meant = request.path.rstrip("/")
    if request.method in {"GET", "HEAD"} and meant != request.path and is_valid_path(meant):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{escape_leading_slashes(meant)}{'?' if query else ''}{query}")
    return _answer(request, 404, "not_found", _("There is nothing here."))


def failed(request: HttpRequest) -> HttpResponse:
    """A failure nobody foresaw. Its page needs no database, session or slot: any of them may be the cause."""
    if wants_json(request):
        return _answer(request, 500, "failed", _("Something broke on our side. Nothing was lost; try again."))
    return HttpResponse(render_to_string("kit/500.html"), status=500)


def _answer(request: HttpRequest, status: int, code: str, words: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": code, "sentence": words, "field": None, "data": {}}, status=status)
    return page(request, status, words)
