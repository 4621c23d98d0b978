"""Taking pictures in and clearing away what nobody used."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from uuid import UUID

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.kit.pictures import store
from laotie.kit.pictures.errors import BadPicture
from laotie.kit.pictures.models import Picture
from laotie.kit.pictures.probe import MOST_BYTES, WIDTHS, probe, webp

__all__ = ["MOST_BYTES", "admit", "admit_each", "admit_loose", "clear_orphans", "keep"]
PATIENCE = timedelta(days=1)


def admit(content: bytes, owner: UUID | None) -> UUID:
    """Keep the picture in `content` and return its id. Raises BadPicture and its kinds."""
    return _admit(content, owner).id


def admit_loose(content: bytes, owner: UUID | None) -> UUID:
    """Admit a picture ahead of the form that will use it; it is cleared away after a day unless `keep` is called."""
    picture = _admit(content, owner)
    Picture.objects.filter(id=picture.id).update(loose=True)
    return picture.id


def admit_each(contents: Sequence[bytes], owner: UUID | None) -> list[UUID | None]:
    """Keep many pictures, several at a time: the id of each, None where it is no picture."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # decoding and encoding leave the interpreter to the others
        drawn = list(pool.map(partial(_drawn_or_none, owner=owner), contents))
    Picture.objects.bulk_create([picture for picture in drawn if picture])
    return [picture.id if picture else None for picture in drawn]


def _admit(content: bytes, owner: UUID | None) -> Picture:
    picture = _drawn(content, owner)
    picture.save(force_insert=True)
    return picture


def _drawn(content: bytes, owner: UUID | None) -> Picture:
    """A picture whose files are there and whose row is not yet."""
    image = probe(content)
    picture_id = new_id()
    for width in WIDTHS:
        store.write(picture_id, width, webp(image, width))
    return Picture(id=picture_id, owner=owner, width=image.width, height=image.height, created_at=clock.now())


def _drawn_or_none(content: bytes, owner: UUID | None) -> Picture | None:
    try:
        return _drawn(content, owner)
    except BadPicture:
        return None


def keep(ids: Iterable[UUID]) -> None:
    """These pictures are used now. What was ever shown stays: an order may still point at it."""
    Picture.objects.filter(id__in=list(ids), loose=True).update(loose=False)


def clear_orphans() -> int:
    """Remove loose pictures older than a day, and files that no row names; returns how many files and rows went."""
    late = clock.now() - PATIENCE
    unused = list(Picture.objects.filter(loose=True, created_at__lt=late).values_list("id", flat=True))
    gone = 0
    for picture_id in unused:
        deleted, _ = Picture.objects.filter(id=picture_id, loose=True).delete()
        if deleted:
            store.remove(picture_id)
            gone += 1
    return gone + _clear_files(late.timestamp())


def _clear_files(before: float) -> int:
    old = [file for file in store.files() if file.stat().st_mtime < before]
    known = {str(known) for known in Picture.objects.values_list("id", flat=True)} if old else set()
    orphans = [file for file in old if file.suffix == ".part" or file.name[:36] not in known]
    for file in orphans:
        file.unlink(missing_ok=True)
    return len(orphans)
