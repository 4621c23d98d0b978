"""Where a picture's files lie: `pictures/<two digits>/<id>-<width>.webp` below the media folder."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from laotie.kit.pictures.probe import WIDTHS


def name(picture_id: UUID, width: int) -> str:
    """The file's name below the media folder. The last digits spread a UUIDv7 evenly; the first are its time."""
    return f"pictures/{picture_id.hex[-2:]}/{picture_id}-{width}.webp"


def path(picture_id: UUID, width: int) -> Path:
    return Path(settings.MEDIA_ROOT) / name(picture_id, width)


def write(picture_id: UUID, width: int, content: bytes) -> None:
    """The whole file or none: written beside its place and moved there."""
    place = path(picture_id, width)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(f".{uuid4().hex}.part")
    beside.write_bytes(content)
    os.replace(beside, place)  # noqa: PTH105 — the call that is atomic


def remove(picture_id: UUID) -> None:
    for width in WIDTHS:
        path(picture_id, width).unlink(missing_ok=True)


def files() -> Iterator[Path]:
    """Every file under `pictures/`, half-written ones included."""
    return (Path(settings.MEDIA_ROOT) / "pictures").glob("??/*")
