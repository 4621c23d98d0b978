"""Three addresses for those who watch over a market: it lives, it can serve, its counters."""

import secrets

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from laotie.kit.errors import Forbidden
from laotie.runtime.metrics import registry

NEAR = ("127.0.0.1", "::1")


def alive(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """This process can serve: the database answers. 503 names what does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ready": False, "waiting_for": ["postgresql"]}, status=503)
    return JsonResponse({"ready": True, "waiting_for": []})


def metrics(request: HttpRequest) -> HttpResponse:
    """The market's counters, for this machine or for who bears LAOTIE_METRICS_TOKEN: they say how business goes."""
    if not (_is_near(request) or _bears_token(request)):
        raise Forbidden
    return HttpResponse(generate_latest(registry()), content_type=CONTENT_TYPE_LATEST)


def _is_near(request: HttpRequest) -> bool:
    """From this machine and not passed on by a proxy on it."""
    return request.META.get("REMOTE_ADDR") in NEAR and "HTTP_X_FORWARDED_FOR" not in request.META


def _bears_token(request: HttpRequest) -> bool:
    token = settings.CONFIG.metrics_token
    given = request.META.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
    return bool(token) and secrets.compare_digest(given.encode(), token.encode())
