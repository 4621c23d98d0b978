"""Where live video lies: what has come in below `spool/`, what is kept below `media/`. One folder a stream in each."""

import os
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings


def spools() -> Path:
    """The folder of all spools; a stream has one in it while it is open."""
    return Path(settings.HOME) / "spool"


def spool(stream: UUID) -> Path:
    return spools() / str(stream)


def nudges() -> Path:
    """The pipe by which the web wakes the studio."""
    return Path(settings.HOME) / "run" / "studio"


def kept(stream: UUID) -> Path:
    """Takes, playlist, state and poster of a stream. The last digits spread a UUIDv7 evenly."""
    return Path(settings.MEDIA_ROOT) / "streams" / stream.hex[-2:] / str(stream)


def clip(clip_id: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "clips" / clip_id.hex[-2:] / f"{clip_id}.mp4"


def clear_drafts(folder: Path) -> None:
    """Remove what `write_whole` left behind when it was killed. Only for who alone writes in `folder`."""
    for draft in folder.glob(".*"):
        draft.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """The whole file or none: written beside its place and moved there. Raises FileNotFoundError without a folder."""
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)  # noqa: PTH105  the call that is atomic
    except OSError:
        beside.unlink(missing_ok=True)
        raise
