"""Pictures of an archive: each file is admitted once, by its content, however often it is loaded."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from laotie.kit.pictures import actions as pictures
from laotie.lab.history.models import AdmittedPicture

FOLDER = "pictures"
AT_ONCE = 32  # files in memory: some 10 MB each at most


class Album:
    """The pictures folder of an archive."""

    def __init__(self, folder: Path) -> None:
        self.folder = (folder / FOLDER).resolve()
        self.known: dict[str, UUID] = {}

    def admit(self, names: Iterable[str]) -> dict[str, UUID]:
        """The market's picture for every name that is a picture; others are left out."""
        new = [name for name in dict.fromkeys(names) if name not in self.known]
        for start in range(0, len(new), AT_ONCE):
            files = [(name, (self.folder / name).resolve()) for name in new[start : start + AT_ONCE]]
            self._admit({
                name: path.read_bytes()
                for name, path in files
                if path.is_relative_to(self.folder) and path.is_file()
            })  # fmt: skip
        return self.known

    def _admit(self, contents: dict[str, bytes]) -> None:
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
        known = {row.digest: row.picture for row in AdmittedPicture.objects.filter(digest__in=digests.values())}
        fresh = {digest: contents[name] for name, digest in digests.items() if digest not in known}
        admitted = dict(zip(fresh, pictures.admit_each(list(fresh.values()), None), strict=True))
        rows = [AdmittedPicture(digest=digest, picture=picture) for digest, picture in admitted.items() if picture]
        AdmittedPicture.objects.bulk_create(rows)
        known |= {row.digest: row.picture for row in rows}
        self.known |= {name: known[digest] for name, digest in digests.items() if digest in known}
