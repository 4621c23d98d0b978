"""Pictures of an archive: each file is admitted once, by its content, however often it is loaded."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from laotie.kit.errors import MarketError
from laotie.kit.pictures import actions as pictures
from laotie.lab.history.models import AdmittedPicture

FOLDER = "pictures"


class Album:
    """The pictures folder of an archive."""

    def __init__(self, folder: Path) -> None:
        self.folder = (folder / FOLDER).resolve()
        self.known: dict[str, UUID] = {}

    def admit(self, names: Iterable[str]) -> dict[str, UUID]:
        """The market's picture for every name that is a picture; others are left out."""
        for name in set(names) - self.known.keys():
            path = (self.folder / name).resolve()
            if path.is_relative_to(self.folder) and path.is_file():
                picture = self._admit(path.read_bytes())
                if picture:
                    self.known[name] = picture
        return self.known

    def _admit(self, content: bytes) -> UUID | None:
        digest = hashlib.sha256(content).hexdigest()
        known = AdmittedPicture.objects.filter(pk=digest).first()
        if known:
            return known.picture
        try:
            picture = pictures.admit(content, None)
        except MarketError:
            return None
        AdmittedPicture.objects.create(digest=digest, picture=picture)
        return picture
