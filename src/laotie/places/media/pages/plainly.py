"""Playlists and pieces for players that do not know the codec of a host: what is made so far, and a wish for more."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from laotie.places.media import folders, picturing, plain, playlist, standing
from laotie.places.media.contracts import State
from laotie.places.media.pages import hearing, watching
from laotie.places.media.takes import Take, takes


def live(request: HttpRequest, stream: UUID) -> HttpResponse:
    """The newest segments there are; 404 until the first is made."""
    return _listed(stream, live=True)


def recording(request: HttpRequest, stream: UUID) -> HttpResponse:
    """From the first segment on, as far as it is made; it grows while it is read."""
    return _listed(stream, live=False)


def part(request: HttpRequest, stream: UUID, take: int, start: int, length: int) -> HttpResponse:
    """The piece at this place of the take; 404 where it is not made."""
    try:
        found = Take(folders.kept(stream), take)
        if not picturing.needs_it(found):
            return hearing.part(request, stream, take, start, length)
        content = plain.path(found, start, length).read_bytes()
    except (OverflowError, ValueError, OSError):
        raise Http404 from None
    if not content:
        raise Http404
    return watching.given(content)


def _listed(stream: UUID, live: bool) -> HttpResponse:
    folder = folders.kept(stream)
    found, made = takes(folder), plain.Made(folder)
    lacks = bool(plain.lacking(found, made, live))
    if lacks:
        _ask(stream, live)
    ended = standing.read(stream).state is State.ENDED and not lacks
    listed = playlist.live(found, ended, made) if live else playlist.recording(found, ended, made)
    if "#EXTINF" not in listed:
        raise Http404
    return watching.listed(listed, keep=ended and not live)


def _ask(stream: UUID, live: bool) -> None:
    """One job a stream waits, and one of all runs at a time: one core at most is taken, behind the pages."""
    asked = app.configure_task("media.make_plain", lock="media.plain", queueing_lock=f"media.plain.{stream}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        asked.defer(stream=str(stream), live=live)
