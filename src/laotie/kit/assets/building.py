"""From the lock file to a folder of static files. Repeating it does nothing until the lock or the list changes."""

import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laotie.kit.assets import npm

SOURCES = Path(__file__).parent
BUNDLING = ("--bundle", "--minify", "--format=esm", "--platform=browser", "--target=es2022", "--log-level=warning",
            "--legal-comments=eof")  # fmt: skip
DRAWN = " with drawings"
SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")
FILES = ("package.json", "package-lock.json", ".npmrc")
STYLES = {"vendor/inter.css": "inter.css"}  # ours, but of no use without what stands beside them


@dataclass(frozen=True)
class Workshop:
    """`folder` holds node_modules between builds; `out` becomes a folder of static files. `drawings`: fetch what a
    demo's pictures are drawn with, too (100 MB); it stays in `folder`."""

    folder: Path
    out: Path
    drawings: bool = False

    @property
    def packages(self) -> Path:
        return self.folder / "node_modules"

    def is_current(self) -> bool:
        """Whether the last build was of what stands in the sources now."""
        return self._stamp.exists() and self._stamp.read_text() in self._current()

    def build(self) -> None:
        """Fetch and lay out. Raises NpmFault; what stood before stays until the new is whole."""
        if self.is_current():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copyfile(SOURCES / name, self.folder / name)
        npm.install(self.folder, development=self.drawings)
        draft = self.out.with_name(f".{self.out.name}.{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        self._lay_out(draft)
        shutil.rmtree(self.out, ignore_errors=True)
        draft.rename(self.out)
        self._stamp.write_text(_digest() + DRAWN if self.drawings else _digest())

    def _current(self) -> tuple[str, ...]:
        """Stamps that say all is there: what was fetched for a demo has everything."""
        return (_digest() + DRAWN,) if self.drawings else (_digest(), _digest() + DRAWN)

    def _lay_out(self, into: Path) -> None:
        for target, source in _listed("copy").items():
            place, found = into / target, self.packages / source
            place.parent.mkdir(parents=True, exist_ok=True)
            if found.is_dir():
                shutil.copytree(found, place)
            else:
                _copy(found, place)
        for target, name in STYLES.items():
            shutil.copyfile(SOURCES / name, into / target)
        for target, names in _listed("bundle").items():
            self._bundle(into / target, names["from"], names["names"])

    def _bundle(self, place: Path, package: str, names: list[str]) -> None:
        """One ES module of the named exports: `export *` of a CommonJS package would silently export nothing."""
        entry = self.folder / f"{place.stem}.entry.js"
        entry.write_text(f'export {{ {", ".join(names)} }} from "{package}";\n', encoding="utf-8")
        npm.run(self.folder, "esbuild/bin/esbuild", entry.name, f"--outfile={place}", *BUNDLING)

    @property
    def _stamp(self) -> Path:
        return self.out / ".built-from"


def _copy(found: Path, place: Path) -> None:
    """A script goes without the line that names its source map: the map does not come along."""
    if found.suffix == ".js":
        place.write_bytes(SOURCE_MAP.sub(b"", found.read_bytes()))
    else:
        shutil.copyfile(found, place)


def _listed(step: str) -> dict[str, Any]:
    listed: dict[str, Any] = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["laotie"].get(step, {})
    return listed


def _digest() -> str:
    return hashlib.sha256(b"".join((SOURCES / name).read_bytes() for name in (*FILES, *STYLES.values()))).hexdigest()
