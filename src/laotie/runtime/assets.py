"""Static files: under names that carry their content's hash once they are collected, under plain names before."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from laotie.runtime.writing import write_whole

STAMP = ".collected-from"


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Without a manifest (tests, a first `manage` command) a file's plain name is its address; so it is for one that
    could not be fetched: a page without a script is better than none."""

    support_js_module_import_aggregation = True

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._addresses: dict[str, str] = {}

    def stored_name(self, name: str) -> str:
        known: str = self.hashed_files.get(self.hash_key(self.clean_name(name)), name)
        return known

    def url(self, name: str | None, force: bool = False) -> str:
        """A file's address; once files are collected it never changes, and a page names twenty of them."""
        if not self.hashed_files or name is None or force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name, force))
        return self._addresses[name]


def collect() -> None:
    """Collect the static files, unless what was collected last is what there is now."""
    stamp, now = Path(settings.STATIC_ROOT) / STAMP, _digest()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    write_whole(stamp, now.encode())


def _digest() -> str:
    """Of which files there are, of what size and when each was last written."""
    made_by = f"{version('django')} {version('whitenoise')}"
    return hashlib.sha256("\n".join([made_by, *sorted(_found())]).encode()).hexdigest()


def _found() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            told = Path(storage.path(name)).stat()
            yield f"{storage.path(name)} {told.st_size} {told.st_mtime_ns}"
