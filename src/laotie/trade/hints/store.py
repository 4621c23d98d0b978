"""Where the model of words lies: `home/words/<hash>.npz`, and a file `current` that names the one in use.

Written whole or not at all; a reader looks for a newer one at most every STALE seconds. A file that cannot be read is
as none: hints then come from the lexicon alone.
"""

import logging
import os
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings

from laotie.engine.words import Model
from laotie.engine.words.model import BadModel

STALE = 60.0  # seconds
MOST_BYTES = 32_000_000  # of a file; one of today's form is a fifth of it
KEPT = 3  # models, the current one among them

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Held:
    name: str
    model: Model
    checked: float


_held: dict[Path, _Held] = {}
_lock = Lock()


def home() -> Path:
    """The folder of this market's models."""
    folder: Path = settings.HOME / "words"
    return folder


def current(root: Path | None = None) -> Model:
    """The model in use; the lexicon alone before one was learnt."""
    folder = root or home()
    with _lock:
        held = _held.get(folder)
        if held is None or time.monotonic() - held.checked > STALE:
            held = _held[folder] = _looked(folder, held)
        return held.model


def keep(model: Model, root: Path | None = None) -> str:
    """Make `model` the one in use; returns its version. Older ones go, but for the newest few."""
    folder = root or home()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{model.version}.npz"
    _write(folder / name, model.to_bytes())
    _write(folder / "current", name.encode())
    with _lock:
        _held.pop(folder, None)
    files = sorted(folder.glob("*.npz"), key=lambda path: (path.name != name, -path.stat().st_mtime))
    for old in files[KEPT:]:
        old.unlink(missing_ok=True)
    return model.version


def _looked(folder: Path, held: _Held | None) -> _Held:
    now = time.monotonic()
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except OSError:
        return _Held("", Model(), now)
    if held and held.name == name:
        return _Held(name, held.model, now)
    return _Held(name, _read(folder / Path(name).name), now)


def _read(path: Path) -> Model:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadModel(f"it is larger than {MOST_BYTES:,} bytes")
        return Model.from_bytes(path.read_bytes())
    except (OSError, BadModel) as error:
        log.warning("hints come from the lexicon: %s: %s", path, error)
        return Model()


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
