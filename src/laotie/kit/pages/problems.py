"""A MarketError in the shape that was asked for: a page, a toast for htmx, or a JSON problem. Never a trace."""

from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from laotie.kit.errors import MarketError
from laotie.kit.pages.rendering import wants_json, wants_partial

Response = TypeVar("Response", bound=HttpResponse)
PAGES = frozenset({400, 403, 404, 409, 422, 429, 500, 503})


def sentence(error: MarketError) -> str:
    """What happened, in the language of the one who reads it."""
    return gettext(error.sentence).format(**error.data)


def blame(form: BaseForm, error: MarketError) -> None:
    """Put the sentence at the field of the form that it names, or above the form. What was typed stays."""
    form.add_error(error.field if error.field in form.fields else None, sentence(error))


def told(error: MarketError) -> dict[str, Any]:
    """What a machine is told: `code`, `sentence`, `field`, `data`."""
    return {"code": error.code, "sentence": sentence(error), "field": error.field, "data": error.data}


def problem(error: MarketError) -> JsonResponse:
    """The error for a machine."""
    response = JsonResponse(told(error), status=error.status, json_dumps_params={"default": str})
    return _with_retry(error, response)


def answer(request: HttpRequest, error: MarketError) -> HttpResponse:
    """The error for whoever asked: a program, htmx or a person."""
    if wants_json(request):
        return problem(error)
    if wants_partial(request):
        return _with_retry(error, toast(request, sentence(error), error.status))
    return _with_retry(error, page(request, error.status, sentence(error)))


def page(request: HttpRequest, status: int, words: str) -> HttpResponse:
    """An error page: what happened and where to go on."""
    shown = status if status in PAGES else 400
    return HttpResponse(render_to_string("kit/error.html", {"status": shown, "words": words}, request), status=status)


def toast(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """A piece for htmx that lands among the toasts instead of where the page expected it."""
    html = render_to_string("kit/parts/toast.html", {"words": words, "tone": "bad"}, request)
    return HttpResponse(html, status=status, headers={"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"})


def _with_retry(error: MarketError, response: Response) -> Response:
    seconds: Any = error.data.get("retry_after")
    if seconds is not None:
        response["Retry-After"] = str(seconds)
    return response
