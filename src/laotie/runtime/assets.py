"""Static files: under names that carry their content's hash once they are collected, under plain names before."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


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
