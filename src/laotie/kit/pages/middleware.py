"""Middleware of every page: market errors answered in words, and caches told what a page depends on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from laotie.kit.errors import MarketError
from laotie.kit.pages.problems import answer

Handler = Callable[[HttpRequest], HttpResponse]


class MarketErrors:
    """Answers a MarketError that a page let through. Anything else is Django's 500, which shows no trace either."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer(request, error) if isinstance(error, MarketError) else None


class Varies:
    """A page depends on who looks and whether htmx asks, so shared caches must not mix them up."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response
