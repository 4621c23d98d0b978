"""Taking pictures in and clearing away what nobody used."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.kit.pictures import store
from laotie.kit.pictures.models import Picture
from laotie.kit.pictures.probe import MOST_BYTES, WIDTHS, probe, webp

__all__ = ["MOST_BYTES", "admit", "admit_loose", "clear_orphans", "keep"]
PATIENCE = timedelta(days=1)


def admit(content: bytes, owner: UUID | None) -> UUID:
    """Keep the picture in `content` and return its id. Raises BadPicture and its kinds."""
    return _admit(content, owner).id


def admit_loose(content: bytes, owner: UUID | None) -> UUID:
    """Admit a picture ahead of the form that will use it; it is cleared away after a day unless `keep` is called."""
    picture = _admit(content, owner)
    Picture.objects.filter(id=picture.id).update(loose=True)
    return picture.id


def _admit(content: bytes, owner: UUID | None) -> Picture:
    image = probe(content)
    picture_id = new_id()
    for width in WIDTHS:
        store.write(picture_id, width, webp(image, width))
    return Picture.objects.create(
        id=picture_id, owner=owner, width=image.width, height=image.height, created_at=clock.now()
    )


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
