"""Opening, publishing and ending streams. Who may do so is the caller's business: a room's, a shop's, a creator's."""

import shutil
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.places.media import clips, encoders, folders, spool, standing, tokens
from laotie.places.media.contracts import State, Stream
from laotie.places.media.errors import NoSuchStream, StillLive, StreamEnded, StreamTaken, TooManyStreams
from laotie.places.media.models import ClipRow, StreamRow
from laotie.places.media.takes import takes

MOST_OPEN = 50  # streams: what one studio carries


@transaction.atomic
def open_stream(stream_id: UUID, owner: UUID) -> Stream:
    """Open a stream for `owner`; opening it again changes nothing. Raises StreamTaken, StreamEnded."""
    row, new = StreamRow.objects.get_or_create(
        id=stream_id, defaults={"owner": owner, "opened_at": clock.now(), "ended_at": None}
    )
    if row.owner != owner:
        raise StreamTaken
    if not new and has_ended(row):
        raise StreamEnded
    return view(row)


def publish_token(stream_id: UUID) -> str:
    """A token that lets its bearer send this stream's chunks for ten minutes, and longer while it is used.

    Raises NoSuchStream, StreamEnded, TooManyStreams.
    """
    row = StreamRow.objects.filter(id=stream_id).first()
    if row is None:
        raise NoSuchStream
    if has_ended(row):
        raise StreamEnded
    open_now = spool.streams()
    if stream_id not in open_now and len(open_now) >= MOST_OPEN:
        raise TooManyStreams(most=MOST_OPEN)
    spool.open_for(stream_id)
    return tokens.seal(stream_id)


def renew_encoder_key(owner: UUID) -> str:
    """A stream key for encoders such as OBS; the one before opens nothing any more."""
    return encoders.renew(owner)


def revoke_encoder_key(owner: UUID) -> None:
    """No stream key any more; again changes nothing."""
    encoders.revoke(owner)


def end_stream(stream_id: UUID) -> None:
    """End a stream for good; again changes nothing. The studio finishes its recording. Raises NoSuchStream."""
    ended = StreamRow.objects.filter(id=stream_id, ended_at=None).update(ended_at=clock.now())
    if not ended and not StreamRow.objects.filter(id=stream_id).exists():
        raise NoSuchStream
    spool.end(stream_id)
    spool.nudge(stream_id)


def cut(stream_id: UUID, start_s: float, end_s: float) -> UUID:
    """Make a clip of a part of the recording, from the keyframe before it; returns the clip's id. The same part again
    is the same clip. Raises NoSuchStream, NothingRecorded.
    """
    row = StreamRow.objects.filter(id=stream_id).first()
    if row is None:
        raise NoSuchStream
    start, end = round(start_s * 1000), round(end_s * 1000)
    known = ClipRow.objects.filter(stream=row, start_ms=max(start, 0), end_ms=max(end, 0)).first()
    if known:
        return known.id
    part, _begin = clips.chosen(takes(folders.kept(stream_id)), start, end)
    clip_id = new_id()
    clips.write(folders.clip(clip_id), part)
    ClipRow.objects.create(id=clip_id, stream=row, start_ms=max(start, 0), end_ms=end, made_at=clock.now())
    return clip_id


def delete_recording(stream_id: UUID) -> None:
    """Delete what was recorded of an ended stream, its clips included; again changes nothing.

    Raises NoSuchStream, StillLive.
    """
    row = StreamRow.objects.filter(id=stream_id).first()
    if row is None:
        raise NoSuchStream
    if not has_ended(row):
        raise StillLive
    for clip_id in ClipRow.objects.filter(stream=row).values_list("id", flat=True):
        clips.remove(clip_id)
    ClipRow.objects.filter(stream=row).delete()
    shutil.rmtree(folders.kept(stream_id), ignore_errors=True)
    StreamRow.objects.filter(id=stream_id, deleted_at=None).update(
        deleted_at=clock.now(), ended_at=row.ended_at or clock.now()
    )


def forget(account_id: UUID) -> None:
    """End and delete everything an account has broadcast (when the person is erased)."""
    for stream_id in StreamRow.objects.filter(owner=account_id).values_list("id", flat=True):
        end_stream(stream_id)
        delete_recording(stream_id)
    encoders.revoke(account_id)


def clear_old(days: int, limit: int = 100) -> int:
    """Delete recordings of streams opened more than `days` days ago; 0 keeps them for ever. Returns how many."""
    if not days:
        return 0
    old = StreamRow.objects.filter(opened_at__lt=clock.now() - timedelta(days=days), deleted_at=None)
    gone = 0
    for row in old.order_by("opened_at")[:limit]:
        if has_ended(row):
            delete_recording(row.id)
            gone += 1
    return gone


def has_ended(row: StreamRow) -> bool:
    """Whether it was ended, or the host stayed away."""
    return row.ended_at is not None or standing.read(row.id).state is State.ENDED


def view(row: StreamRow) -> Stream:
    return Stream(row.id, row.owner, row.opened_at, row.ended_at)
