"""Static files: under names that carry their content's hash once they are collected, under plain names before."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Without a manifest (tests, a first `manage` command) a file's plain name is its address."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        stored: str = super().stored_name(name) if self.hashed_files else name
        return stored
