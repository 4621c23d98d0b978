"""The room's picture: the one place that knows how a session and its stream belong together. A stream is named by its
session's id.
"""

from datetime import datetime
from uuid import UUID


def begin(session_id: UUID, owner: UUID) -> None:
    """Open the session's stream, in the transaction that opens the session."""


def finish(session_id: UUID) -> None:
    """No more picture comes."""


def last_picture(session_id: UUID) -> datetime | None:
    """When the last picture came; None before the first."""
    return None


def token(session_id: UUID) -> str:
    """What the host's browser shows when it sends pictures."""
    return ""


def playlist(session_id: UUID) -> str:
    """Where players find the picture; "" where there is none."""
    return ""


def is_there(session_id: UUID) -> bool:
    """Whether anything was recorded, for replays."""
    return False


def publish_address(session_id: UUID) -> str:
    """Where the host's browser sends pictures; "" where none can be sent."""
    return ""
