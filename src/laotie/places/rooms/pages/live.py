"""What a room's page asks for by itself: state, missed events, a ticket to the bus, and being there."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from laotie.kit.errors import BadInput, MarketError, TooMany
from laotie.kit.pages import problem
from laotie.kit.pages.guards import account_of
from laotie.kit.tokens import BadToken, Served, open_token
from laotie.places.rooms import queries, views, whole
from laotie.places.rooms.actions.numbering import place
from laotie.places.rooms.crowd import crowd
from laotie.places.rooms.visits import visit_of
from laotie.stream.beacons.limits import Allowance
from laotie.stream.live import cookies, tickets
from laotie.stream.live.lanes import topics

LARGEST = 2048  # bytes of what a browser says when it is there
allowance = Allowance(per_second=1, burst=20)  # of one page: a quarter of it in hearts


@require_GET
@never_cache
def state(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """The whole state of a room."""
    try:
        queries.session_for(account_of(request), session_id)
    except MarketError as error:
        return problem(error)
    return JsonResponse({"state": whole.state(session_id)})


@require_GET
@never_cache
def since(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """What changed after `seq`; the whole state where that is too long ago."""
    text = request.GET.get("seq", "")
    try:
        queries.session_for(account_of(request), session_id)
    except MarketError as error:
        return problem(error)
    seq = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1
    events = queries.since(session_id, seq) if seq >= 0 else None
    if events is None:
        return JsonResponse({"state": whole.state(session_id)})
    return JsonResponse({"events": [{"seq": event.seq, "kind": event.kind, "body": event.body} for event in events]})


@require_POST
def ticket_for(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A ticket to hear this room, in a cookie; where to take it, and when to come again."""
    try:
        queries.session_for(account_of(request), session_id)
    except MarketError as error:
        return problem(error)
    given = tickets.ticket(f"{place(session_id)}.>")
    address = tickets.address(request, str(session_id))
    response = JsonResponse(
        {
            "address": address,
            "topics": topics(place(session_id)),
            "renew_after": given.renew_after,
            "seconds": given.seconds,
        }
    )
    if address:
        cookies.give(response, str(session_id), given.token, given.seconds)
    return response


@csrf_exempt
@require_POST
def here(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """Still there, with so many hearts. The page's own token proves it; no session, no cookie is looked at."""
    try:
        served, hearts = _said(request.read(LARGEST + 1))
        if served.item != session_id:
            raise BadInput(field="token")
        if not allowance.take(str(visit_of(served)), 1):
            raise TooMany(retry_after=15)
        beat = crowd.here(session_id, served.viewer or visit_of(served), served.viewer, hearts)
    except MarketError as error:
        return problem(error)
    return JsonResponse({"seq": beat.seq, "state": beat.state, "pulse": views.pulse_told(beat.pulse)})


def _said(raw: bytes) -> tuple[Served, int]:
    """Raises BadInput."""
    try:
        said: Any = json.loads(raw) if len(raw) <= LARGEST else None
        hearts = said["hearts"]
        if isinstance(hearts, bool) or not isinstance(hearts, int):
            raise TypeError
        return open_token(said["token"]), hearts
    except (ValueError, KeyError, TypeError, AttributeError, BadToken, RecursionError) as error:
        raise BadInput(field="token") from error
