"""What the processes say: one line each on the terminal, its speaker in front, and into a file a speaker."""

import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

COLOURS = {
    "postgres": 34,
    "nats": 35,
    "web": 32,
    "worker": 36,
    "timers": 36,
    "recorder": 33,
    "studio": 95,
    "laotie": 31,
}
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
LARGEST_FILE = 10 * 2**20
FILES_KEPT = 3


class KeptFile(RotatingFileHandler):
    """A file that starts anew when it is large. A full disk must not stop the market: the terminal has the line."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST_FILE, backupCount=FILES_KEPT, encoding="utf-8", delay=True)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing."""


class Voices:
    """Prints and keeps what is said. Not safe for threads; one event loop speaks."""

    def __init__(self, folder: Path, terminal: TextIO | None = None) -> None:
        self._folder = folder
        self._terminal = terminal or sys.stderr
        self._colour = self._terminal.isatty()
        self._files: dict[str, KeptFile] = {}

    def say(self, speaker: str, line: str, worth_showing: str = "") -> None:
        """Keep `line`, without colours, in its speaker's file, and print it where it matches `worth_showing`."""
        if re.search(worth_showing, line):
            self._print(speaker, line)
        self._keep(speaker, ESCAPES.sub("", line))

    def close(self) -> None:
        """Close the files; the terminal stays."""
        for file in self._files.values():
            file.close()
        self._files.clear()

    def _print(self, speaker: str, line: str) -> None:
        name = f"{speaker:<8}"
        if self._colour:
            name = f"\x1b[{COLOURS.get(speaker, 37)}m{name}\x1b[0m"
        try:
            self._terminal.write(f"{name} │ {line}\n")
            self._terminal.flush()
        except OSError:
            self._terminal = sys.__stderr__ or self._terminal  # the terminal was closed; the files remain

    def _keep(self, speaker: str, line: str) -> None:
        if speaker not in self._files:
            self._files[speaker] = KeptFile(self._folder / f"{speaker}.log")
        self._files[speaker].emit(logging.makeLogRecord({"msg": line}))
