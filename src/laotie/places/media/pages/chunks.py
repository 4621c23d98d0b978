"""`POST /media/<stream>/chunks/<run>/<number>`: a chunk of a recording, by the bearer of a publishing token.

    201 kept · 200 kept before · 403 token · 409 another recorder took over · 410 ended · 411 of no length ·
    413 too large · 415 no video · 422 no such place · 429 keep it and try again

`?last` says that the run has no more. An answer may bring a `Laotie-Token` to use from then on. No database, no
session: the token is what proves it, and a cookie would prove nothing more. The web only keeps chunks; see `studio`.
"""

from uuid import UUID

import structlog
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from laotie.kit.errors import MarketError, NotFound
from laotie.kit.pages.problems import told
from laotie.places.media import intake, tokens
from laotie.places.media.counters import CHUNKS

log = structlog.get_logger()


def nowhere(request: HttpRequest, stream: UUID) -> JsonResponse:
    """The address that chunks are below of."""
    raise NotFound


@csrf_exempt
@require_POST
def chunk(request: HttpRequest, stream: UUID, run: str, number: str) -> JsonResponse:
    """Judge and keep; every refusal is logged, counted and harmless."""
    try:
        new = _take(request, stream, run, number)
    except MarketError as error:
        log.info("chunk refused", stream=str(stream), run=run[:40], number=number[:10], code=error.code)
        return _refused(error)
    CHUNKS.labels("kept" if new else "repeated").inc()
    answer = JsonResponse({"kept": new}, status=201 if new else 200)
    if token := tokens.renewed(_token(request), stream):
        answer["Laotie-Token"] = token
    return answer


def _take(request: HttpRequest, stream: UUID, run: str, number: str) -> bool:
    """What is cheap to judge first: size by its announcement, then the token, then the bytes."""
    intake.check_length(request.META.get("CONTENT_LENGTH", ""))
    tokens.check(_token(request), stream)
    return intake.take(stream, run, number, request.read(intake.LARGEST), last="last" in request.GET)


def _token(request: HttpRequest) -> str:
    return intake.bearer(request.META.get("HTTP_AUTHORIZATION", ""))


def _refused(error: MarketError) -> JsonResponse:
    CHUNKS.labels(error.code).inc()
    return JsonResponse(told(error), status=error.status)
