"""What leaves this slice: streams, their state, what was recorded of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    IDLE = "idle"  # open, and nothing has come yet
    LIVE = "live"
    DROPPED = "dropped"  # nothing comes; the host may return
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Stream:
    """What one owner broadcasts under one id."""

    id: UUID
    owner: UUID
    opened_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StreamState:
    """How a stream is now. `seconds` is what has been recorded of it; times are None before the first picture."""

    state: State
    started_at: datetime | None = None
    last_media_at: datetime | None = None
    seconds: float = 0.0
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Replay:
    """A recording: its playlist, its poster ("" where there is none) and its length in seconds."""

    url: str
    poster: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Clip:
    """A part of a recording, in seconds from its beginning, as a file of its own."""

    id: UUID
    stream: UUID
    start: float
    end: float
    url: str
