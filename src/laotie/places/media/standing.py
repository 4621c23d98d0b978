"""What the studio last said of a stream: `state.json` beside its takes. The web reads it, the studio alone writes."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from laotie.places.media import folders
from laotie.places.media.contracts import State, StreamState


@dataclass(frozen=True, slots=True)
class Standing:
    """Times in seconds since 1970. `runs` are the names of the runs in the order of their takes."""

    state: State = State.IDLE
    started_at: float | None = None
    last_media_at: float | None = None
    ended_at: float | None = None
    seconds: float = 0.0
    runs: list[str] = field(default_factory=list)

    def view(self) -> StreamState:
        return StreamState(
            self.state, _time(self.started_at), _time(self.last_media_at), self.seconds, _time(self.ended_at)
        )


def read(stream: UUID) -> Standing:
    """The last word; that of a stream nobody has seen yet where there is none."""
    with suppress(FileNotFoundError):
        said = Standing(**json.loads((folders.kept(stream) / "state.json").read_bytes()))
        return replace(said, state=State(said.state))
    return Standing()


def write(stream: UUID, standing: Standing) -> None:
    folders.write_whole(folders.kept(stream) / "state.json", json.dumps(asdict(standing)).encode())


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
