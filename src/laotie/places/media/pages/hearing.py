"""Pieces for players that are silent on Opus: made when the first asks, kept beside the take for the next.

The addresses are those of the playlists, below `aac/`.
"""

from contextlib import suppress
from threading import BoundedSemaphore
from uuid import UUID

import av
from django.http import Http404, HttpRequest, HttpResponse

from laotie.places.media import folders, sounding
from laotie.places.media.pages import watching
from laotie.places.media.takes import Take

MAKING = BoundedSemaphore(2)  # at once in a process: the rest wait for a player's patience


def part(request: HttpRequest, stream: UUID, take: int, start: int, length: int) -> HttpResponse:
    """The piece at this place of the take, its sound as AAC; 404 where there is none."""
    try:
        found = Take(folders.kept(stream), take)
    except (OverflowError, ValueError):
        raise Http404 from None
    if not sounding.needs_it(found):
        return watching.part(request, stream, take, start, length)
    kept = folders.kept(stream) / f"{take}.{start}-{length}.aac"
    with suppress(FileNotFoundError):
        return watching.given(kept.read_bytes())
    content = _made(found, start, length)
    with suppress(OSError):  # a full disk, or a recording that was deleted meanwhile
        folders.write_whole(kept, content)
    return watching.given(content)


def _made(take: Take, start: int, length: int) -> bytes:
    """Raises Http404."""
    if not take.segments:
        raise Http404
    numbers = [number for number, each in enumerate(take.segments) if (each.start, each.length) == (start, length)]
    is_init = take.head is not None and (start, length) == (0, take.head.init)
    if not numbers and not is_init:
        raise Http404
    with MAKING:
        try:
            return sounding.init(take) if is_init else sounding.segment(take, numbers[0])
        except (av.FFmpegError, ValueError, IndexError) as error:
            raise Http404 from error
