"""One `laotie up` a home: a lock that dies with its holder, and a note of who holds it."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Note:
    """Who runs this home, and where it answers ("" until it does)."""

    pid: int
    address: str


class AlreadyRunning(Exception):
    """Another `laotie up` holds this home."""

    def __init__(self, note: Note) -> None:
        place = f"at {note.address}" if note.address else "and is still starting"
        super().__init__(f"This home is already running {place} (pid {note.pid}). Stop it with Ctrl-C or `kill`.")
        self.note = note


class HomeLock:
    """A context manager: held while the home runs. The kernel frees it when the process dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        self._lock = folder / "up.lock"
        self._note = folder / "up.json"

    def __enter__(self) -> Self:
        self._file = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise AlreadyRunning(self.note()) from None
        self.tell("")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._note.unlink(missing_ok=True)
        os.close(self._file)

    def tell(self, address: str) -> None:
        """Note the address under which the market answers."""
        draft = self._note.with_suffix(".new")
        draft.write_text(json.dumps(asdict(Note(os.getpid(), address))))
        draft.replace(self._note)

    def note(self) -> Note:
        try:
            return Note(**json.loads(self._note.read_text()))
        except (OSError, ValueError, TypeError):
            return Note(0, "")
