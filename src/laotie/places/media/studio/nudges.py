"""The pipe by which the web says that chunks have come. Losing a nudge costs a second, never a chunk."""

import os
import select
from contextlib import suppress
from uuid import UUID

from laotie.places.media import folders

WIDTH = 16  # bytes: a stream's id
MOST = 4096


class Nudges:
    """Opened for reading and writing, so that it does not end when the last writer goes."""

    def __init__(self) -> None:
        path = folders.nudges()
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.mkfifo(path, 0o600)
        self._pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def wait(self, seconds: float) -> set[UUID]:
        """The streams that chunks have come for, as soon as there is one; none after `seconds`."""
        ready, _, _ = select.select([self._pipe], [], [], seconds)
        if not ready:
            return set()
        content = os.read(self._pipe, WIDTH * MOST)
        return {UUID(bytes=content[at : at + WIDTH]) for at in range(0, len(content) - WIDTH + 1, WIDTH)}

    def close(self) -> None:
        os.close(self._pipe)
