"""Playlists, pieces, posters: read from disk. A piece never changes under its name; a live playlist is never kept.

A piece's address is its place in the take's file, so any cache or CDN in front may keep it for ever.
"""

from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from laotie.places.media import folders, playlist, standing
from laotie.places.media.contracts import State
from laotie.places.media.pages import ranges
from laotie.places.media.takes import codecs_of, takes

HLS = "application/vnd.apple.mpegurl"
FOR_EVER = "public, max-age=31536000, immutable"
LARGEST = 64 * 1024**2  # bytes of a piece: one of a second has 0.2 MB


def live(request: HttpRequest, stream: UUID) -> HttpResponse:
    """The live playlist as the studio last wrote it."""
    return _answer(_content(folders.kept(stream) / "live.m3u8"), HLS, "no-store")


def recording(request: HttpRequest, stream: UUID) -> HttpResponse:
    """Everything recorded so far."""
    found = takes(folders.kept(stream))
    if not found:
        raise Http404
    ended = standing.read(stream).state is State.ENDED
    return listed(playlist.recording(found, ended), keep=ended)


def state(request: HttpRequest, stream: UUID) -> JsonResponse:
    """How the stream is; asked by a player that has run dry."""
    said, codecs = standing.read(stream), codecs_of(folders.kept(stream))
    told = {"state": said.state, "seconds": said.seconds, "last_media_at": said.last_media_at, "codecs": codecs}
    answer = JsonResponse(told)
    answer["Cache-Control"] = "no-store"
    return answer


def part(request: HttpRequest, stream: UUID, take: int, start: int, length: int) -> HttpResponse:
    """Bytes of a take; 404 where it does not have them."""
    if not 0 < length <= LARGEST:
        raise Http404
    try:
        with (folders.kept(stream) / f"{take}.mp4").open("rb") as file:
            file.seek(start)
            content = file.read(length)
    except (ValueError, OverflowError, OSError):  # there is none, or no file is that long
        raise Http404 from None
    if len(content) < length:
        raise Http404
    return given(content)


def listed(words: str, keep: bool) -> HttpResponse:
    """A playlist; kept by caches for an hour where it will not change."""
    return _answer(words.encode(), HLS, "max-age=3600" if keep else "no-store")


def given(content: bytes) -> HttpResponse:
    """A piece: it never changes."""
    return _answer(content, "video/mp4", FOR_EVER)


def poster(request: HttpRequest, stream: UUID) -> HttpResponse:
    """The latest picture."""
    return _answer(_content(folders.kept(stream) / "poster.webp"), "image/webp", "max-age=30")


def clip(request: HttpRequest, clip: UUID) -> HttpResponseBase:
    """A clip, whole or the range that is asked for: phones play no video without ranges."""
    path = folders.clip(clip)
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise Http404 from None
    asked = ranges.asked(request.META.get("HTTP_RANGE", ""), size)
    answer = ranges.answer(path, size, asked)
    answer["Cache-Control"] = FOR_EVER
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Http404 from None


def _answer(content: bytes, kind: str, cache: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = cache
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
