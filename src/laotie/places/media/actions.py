"""Opening, publishing and ending streams. Who may do so is the caller's business: a room's, a shop's, a creator's."""

from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.places.media import spool, standing, tokens
from laotie.places.media.contracts import State, Stream
from laotie.places.media.errors import NoSuchStream, StreamEnded, StreamTaken, TooManyStreams
from laotie.places.media.models import StreamRow

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


def end_stream(stream_id: UUID) -> None:
    """End a stream for good; again changes nothing. The studio finishes its recording. Raises NoSuchStream."""
    ended = StreamRow.objects.filter(id=stream_id, ended_at=None).update(ended_at=clock.now())
    if not ended and not StreamRow.objects.filter(id=stream_id).exists():
        raise NoSuchStream
    spool.end(stream_id)
    spool.nudge(stream_id)


def has_ended(row: StreamRow) -> bool:
    """Whether it was ended, or the host stayed away."""
    return row.ended_at is not None or standing.read(row.id).state is State.ENDED


def view(row: StreamRow) -> Stream:
    return Stream(row.id, row.owner, row.opened_at, row.ended_at)
