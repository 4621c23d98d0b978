"""Addresses of pictures."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from laotie.kit.pictures import store
from laotie.kit.pictures.models import Picture
from laotie.kit.pictures.probe import WIDTHS


def url(picture_id: UUID, width: int) -> str:
    """Where the picture is served at the smallest kept width that is at least `width` (160, 480 or 1080)."""
    kept = next((size for size in WIDTHS if size >= width), WIDTHS[-1])
    return f"{settings.MEDIA_URL}{store.name(picture_id, kept)}"


def srcset(picture_id: UUID) -> str:
    """All widths, for an <img>'s srcset."""
    return ", ".join(f"{url(picture_id, width)} {width}w" for width in WIDTHS)


def existing(ids: Iterable[UUID]) -> set[UUID]:
    """Those of `ids` that the market keeps."""
    return set(Picture.objects.filter(id__in=list(ids)).values_list("id", flat=True))
