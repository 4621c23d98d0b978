"""Rendering a page, and telling which shape of answer a request wants."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render
from django.utils.http import url_has_allowed_host_and_scheme


def render(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The template filled with `context`, in the visitor's language and theme."""
    return django_render(request, template, context, status=status)


def wants_partial(request: HttpRequest) -> bool:
    """Whether htmx asked for a piece of a page (a boosted link asks for the whole)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def wants_json(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where to go after an act: `next` of the form or query when it stays in this market, else `otherwise`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else otherwise
