"""A viewer's room: before it begins, on air, and after."""

from datetime import UTC, timedelta
from typing import Any
from uuid import UUID

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST, require_safe

from laotie.goods.catalogue import queries as catalogue
from laotie.kit import clock
from laotie.kit.origin import Origin, sealed
from laotie.kit.pages import account_id, rate_limit, render, signed_in
from laotie.kit.pages.guards import account_of, pseudonym_of
from laotie.people.accounts.queries import account
from laotie.people.creators import queries as creators
from laotie.places.rooms import actions, lots, queries, video, visits, whole
from laotie.places.rooms.contracts import Role, Session
from laotie.places.rooms.pages.visitors import entry_of
from laotie.stream.live import tickets

LENGTH = timedelta(hours=2)  # of an entry in a calendar: nobody knows how long a session will be


@require_safe
def room(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The room, for everybody the host has not shut out. Visitors watch; to speak and to buy one signs in."""
    session = queries.session_for(account_of(request), session_id)
    entry, decision = entry_of(request, session_id)
    if session.is_on_air and (mine := account_of(request)):
        actions.came(mine, session_id)
    template = f"rooms/{'room' if session.is_on_air else 'after' if session.is_over else 'before'}.html"
    context = _context(request, session) | {"token": visits.seal(session_id, entry, pseudonym_of(request), decision)}
    return allowed(request, session_id, render(request, template, **context))


def _context(request: HttpRequest, session: Session) -> dict[str, Any]:
    mine = account_of(request)
    return {
        "session": session,
        "host": account(session.creator_id),
        "creator": creators.creators([session.creator_id]).get(session.creator_id),
        "role": queries.role_in(mine, session),
        "works": queries.role_in(mine, session) is not Role.VIEWER,
        "state": whole.state(session.id),
        "cards": queries.shown_cards(session.id),
        "playlist": video.playlist(session.id),
        "replay": video.replay(session.id) if session.is_over else None,
        "reserved": mine is not None and queries.has_reserved(mine, session.id),
        "reservations": queries.reservations(session.id)[0],
        "entered": queries.entries_of(mine, session.id),
        "voted": queries.ballots_of(mine, session.id),
        "had": sorted(map(str, queries.coupons_had(mine, session.id))),
        "buy": request.GET.get("buy", "")[:36],
    }


def allowed(request: HttpRequest, session_id: UUID, response: HttpResponse) -> HttpResponse:
    """Let this page reach the bus and play what it is given in pieces; no other page may."""
    address = tickets.address(request, str(session_id))
    bus = ["/".join(address.split("/")[:3])] if address else []
    response._csp_update = {  # type: ignore[attr-defined]  # django-csp's own door for what is known only here
        "connect-src": [SELF, *bus], "media-src": [SELF, "blob:"], "worker-src": [SELF, "blob:"],
    }  # fmt: skip
    return response


@require_safe
def cards(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A piece of the room: the cards with what is known of their trust, fetched when the sheet is opened."""
    session = queries.session_for(account_of(request), session_id)
    shown = queries.shown_cards(session_id)
    goods = catalogue.products(each.card.product_id for each in shown)
    rows = [(each, goods[each.card.product_id]) for each in shown]
    return render(request, "rooms/parts/sheet.html", session=session, rows=rows)


@require_safe
def till(request: HttpRequest, session_id: UUID, card_id: UUID) -> HttpResponse:
    """A piece of the room: the till of one card. Who fills it is told, under seal, where the buyer came from."""
    session = queries.session_for(account_of(request), session_id)
    card = queries.card_in(session_id, card_id)
    decision = entry_of(request, session_id)[1]
    origin = Origin("session", session=session.id, card=card.id, creator=session.creator_id, decision=decision)
    product = catalogue.product(card.product_id)
    back = f"/r/{session_id}?buy={card_id}"
    return render(
        request, "rooms/parts/till.html", session=session, card=card, product=product, origin=sealed(origin), back=back
    )


@require_safe
def draw(request: HttpRequest, session_id: UUID, draw_id: UUID) -> HttpResponse:
    """A draw with all that is needed to draw it again, and a script that does."""
    session = queries.session_for(account_of(request), session_id)
    found = queries.draw_in(session_id, draw_id)
    mine = queries.entries_of(account_of(request), session_id).get(str(draw_id), "")
    whole = lots.list_hash(found.entries) if found.drawn_at else ""
    return render(request, "rooms/draw.html", session=session, draw=found, mine=mine, list_hash=whole)


@require_safe
def entries(request: HttpRequest, session_id: UUID, draw_id: UUID) -> HttpResponse:
    """The published list, byte for byte what its hash was made of; empty before the entries close."""
    queries.session_for(account_of(request), session_id)
    return HttpResponse(lots.listed(queries.draw_in(session_id, draw_id).entries), "text/plain; charset=utf-8")


@require_POST
@signed_in
@rate_limit("room.reserve", 30)
def reserve(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Be told when it begins, or no longer."""
    if request.POST.get("not"):
        actions.give_up(account_id(request), session_id)
    else:
        actions.reserve(account_id(request), session_id)
    return redirect("rooms:room", session_id)


@require_GET
def calendar(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """An announced session as a calendar's file (RFC 5545)."""
    session = queries.session_for(account_of(request), session_id)
    address = request.build_absolute_uri(f"/r/{session_id}")
    host = account(session.creator_id).name
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Laotie//Rooms//EN", "BEGIN:VEVENT", f"UID:{session_id}",
        f"DTSTAMP:{clock.now():%Y%m%dT%H%M%SZ}", f"DTSTART:{session.planned_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTEND:{(session.planned_at + LENGTH).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{_escaped(f'{session.title} · {host}')}", f"DESCRIPTION:{_escaped(session.intro or session.title)}",
        f"URL:{address}", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", f"DESCRIPTION:{_escaped(session.title)}",
        "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    body = "".join(f"{_folded(line)}\r\n" for line in lines)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="{session_id}.ics"'
    })  # fmt: skip


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, and no sign cut in two."""
    folded, room_left = "", 75
    for sign in line:
        size = len(sign.encode())
        if size > room_left:
            folded, room_left = f"{folded}\r\n ", 74
        folded, room_left = folded + sign, room_left - size
    return folded
