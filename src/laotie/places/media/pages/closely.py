"""Watching with little delay: a ticket to hear a stream's slices on the bus, and the bytes that were missed.

    POST …/ticket    a cookie for the bus; {address, subject, renew_after, seconds}, address "" where there is no bus
    GET  …/newest    from the last keyframe on, or from `?take=&from=` on; 204 where there is no picture yet
    POST …/fell      this viewer went back to HLS (`why`: slow, away); only counted

These prove nothing and need no proof, so they are exempt from the forms' token: whoever has a stream's id may watch it.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from laotie.kit.errors import MarketError
from laotie.kit.pages.problems import sentence
from laotie.places.media import seats, slices, standing
from laotie.places.media.contracts import State
from laotie.places.media.counters import VIEWERS
from laotie.places.media.errors import NoSuchStream, TooManyClose
from laotie.stream.live import cookies, tickets

OCTETS = "application/octet-stream"
FALLS = ("slow", "away", "unsupported")
taken = seats.Seats(life=tickets.LIFE)


@csrf_exempt
@require_POST
def ticket(request: HttpRequest, stream: UUID) -> HttpResponse:
    """Refuses a stream that is not there, and more viewers than the bus carries."""
    try:
        _check_seat(stream)
    except MarketError as error:
        VIEWERS.labels("refused").inc()
        return JsonResponse({"code": error.code, "sentence": sentence(error)}, status=error.status)
    VIEWERS.labels("let in").inc()
    given, topic = tickets.ticket(slices.subject(stream)), f"media-{stream}"
    address = tickets.address(request, topic)
    said = {"subject": slices.subject(stream), "renew_after": given.renew_after, "seconds": given.seconds}
    response = JsonResponse({"address": address, **said})
    if address:
        cookies.give(response, topic, given.token, given.seconds)
    return response


def _check_seat(stream: UUID) -> None:
    """Raises NoSuchStream, TooManyClose."""
    if standing.read(stream).state in (State.IDLE, State.ENDED):
        raise NoSuchStream
    if not taken.take(stream):
        raise TooManyClose


@require_GET
def newest(request: HttpRequest, stream: UUID) -> HttpResponse:
    """Bytes of the take that grows; what they are stands in the headers."""
    found = slices.newest(stream, _after(request))
    if found is None:
        return HttpResponse(status=204)
    if not found.init:
        VIEWERS.labels("refilled").inc()
    response = HttpResponse(found.content, content_type=OCTETS)
    response["Cache-Control"] = "no-store"
    said = {"Take": found.take, "Start": found.start, "Init": found.init, "At": found.at, "Codecs": found.codecs}
    for name, value in said.items():
        response[f"Laotie-{name}"] = str(value)
    return response


def _after(request: HttpRequest) -> tuple[int, int] | None:
    given = [request.GET.get(name, "") for name in ("take", "from")]
    if not all(text.isascii() and text.isdigit() and len(text) < 16 for text in given):
        return None
    return int(given[0]), int(given[1])


@csrf_exempt
@require_POST
def fell(request: HttpRequest, stream: UUID) -> HttpResponse:
    """Only counted."""
    why = request.GET.get("why", "")
    VIEWERS.labels(f"fell: {why if why in FALLS else 'other'}").inc()
    return HttpResponse(status=204)
