"""Reading streams: how they are, where they are watched, what was recorded. No access is judged here."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from laotie.places.media import encoders, folders, standing
from laotie.places.media.contracts import Clip, Replay, State, Stream, StreamState
from laotie.places.media.errors import NoSuchStream
from laotie.places.media.models import ClipRow, StreamRow
from laotie.places.media.takes import takes


def stream(stream_id: UUID) -> Stream:
    """Raises NoSuchStream."""
    row = StreamRow.objects.filter(id=stream_id).first()
    if row is None:
        raise NoSuchStream
    return Stream(row.id, row.owner, row.opened_at, row.ended_at)


def state(stream_id: UUID) -> StreamState:
    """How a stream is now; ended as soon as it was told to. Raises NoSuchStream."""
    known, said = stream(stream_id), standing.read(stream_id).view()
    if known.ended_at and said.state is not State.ENDED:
        return replace(said, state=State.ENDED, ended_at=known.ended_at)
    return said


def playlist_url(stream_id: UUID) -> str:
    """Where it is watched live; there is nothing there before the first segment."""
    return reverse("media:live", args=[stream_id])


def publish_url(stream_id: UUID) -> str:
    """Where `media/publish.js` sends chunks to."""
    return reverse("media:chunks", args=[stream_id])


def encoder_key(owner: UUID) -> str | None:
    """An owner's stream key for encoders, "" where there is none yet; None where this market has no media server."""
    return encoders.key_of(owner) if encoders.is_offered() else None


def encoder_address(host: str) -> str:
    """What an encoder is told to send to; `host` is the name by which the asker reached us."""
    named = settings.CONFIG.rtmp_public_url
    return named or f"rtmp://{host.rpartition(':')[0] or host}/live"


def poster_url(stream_id: UUID) -> str:
    """Its latest picture; "" where there is none."""
    there = (folders.kept(stream_id) / "poster.webp").exists()
    return reverse("media:poster", args=[stream_id]) if there else ""


def replay(stream_id: UUID) -> Replay | None:
    """The recording so far; None where nothing was recorded, or it was deleted."""
    said = standing.read(stream_id)
    if not said.seconds or not (folders.kept(stream_id) / "live.m3u8").exists():
        return None
    return Replay(reverse("media:recording", args=[stream_id]), poster_url(stream_id), said.seconds)


def clip(clip_id: UUID) -> Clip | None:
    """A clip; None where there is none, or it was deleted with its recording."""
    row = ClipRow.objects.filter(id=clip_id).first()
    if row is None:
        return None
    return Clip(row.id, row.stream_id, row.start_ms / 1000, row.end_ms / 1000, reverse("media:clip", args=[row.id]))


def streams_of(owner: UUID) -> list[Stream]:
    """Everything an account has broadcast, oldest first."""
    rows = StreamRow.objects.filter(owner=owner).order_by("opened_at")
    return [Stream(row.id, row.owner, row.opened_at, row.ended_at) for row in rows]


def moment(stream_id: UUID, at: datetime) -> float | None:
    """Where in the recording, in seconds, is what happened `at`; the nearest there is. None without a recording."""
    wanted, passed, nearest = at.timestamp() * 1000, 0.0, None
    for take in takes(folders.kept(stream_id)):
        for segment in take.segments:
            if nearest is None or segment.kept_at - segment.duration <= wanted:
                inside = wanted - (segment.kept_at - segment.duration)
                nearest = passed + min(max(inside, 0), segment.duration) / 1000
            passed += segment.duration / 1000
    return nearest
