"""The room's picture: the one place that knows how a session and its stream belong together. A stream is named by its
session's id; media knows nothing of sessions.
"""

from datetime import datetime
from uuid import UUID

from laotie.places.media import actions, queries
from laotie.places.media.contracts import Replay
from laotie.places.media.errors import NoSuchStream, NothingRecorded


def begin(session_id: UUID, owner: UUID) -> None:
    """Open the session's stream, in the transaction that opens the session."""
    actions.open_stream(session_id, owner)


def finish(session_id: UUID) -> None:
    """No more picture comes."""
    actions.end_stream(session_id)


def last_picture(session_id: UUID) -> datetime | None:
    """When the last picture came; None before the first."""
    try:
        return queries.state(session_id).last_media_at
    except NoSuchStream:
        return None


def token(session_id: UUID) -> str:
    """What the host's browser shows when it sends pictures. Raises StreamEnded, TooManyStreams."""
    return actions.publish_token(session_id)


def publish_address(session_id: UUID) -> str:
    """Where the host's browser sends pictures."""
    return queries.publish_url(session_id)


def playlist(session_id: UUID) -> str:
    """Where players find the picture; nothing is there before the first segment."""
    return queries.playlist_url(session_id)


def replay(session_id: UUID) -> Replay | None:
    """What was recorded; None where nothing was."""
    return queries.replay(session_id)


def cut(session_id: UUID, began_at: datetime, ended_at: datetime) -> UUID | None:
    """A clip of what was recorded between two moments; None where nothing was."""
    start, end = queries.moment(session_id, began_at), queries.moment(session_id, ended_at)
    if start is None or end is None or end <= start:
        return None
    try:
        return actions.cut(session_id, start, end)
    except NothingRecorded:
        return None


def clip_address(clip_id: UUID) -> str:
    """Where a clip is played; "" where it was deleted."""
    clip = queries.clip(clip_id)
    return clip.url if clip else ""
