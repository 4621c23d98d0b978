"""What live video holds of a person; `runtime.bindings` hands it to accounts."""

from typing import Any
from uuid import UUID

from laotie.people.accounts.contracts import PersonalData
from laotie.places.media import actions, queries


def _streams(account_id: UUID) -> list[dict[str, Any]]:
    """Each stream with the address of its recording, where the person can fetch it."""
    return [
        {"stream": str(stream.id), "opened_at": stream.opened_at.isoformat(), "recording": _recording(stream.id)}
        for stream in queries.streams_of(account_id)
    ]


def _recording(stream_id: UUID) -> str:
    replay = queries.replay(stream_id)
    return replay.url if replay else ""


PARTS = (PersonalData("broadcasts", _streams, actions.forget),)
