"""The studio's loop: what was nudged at once, everything else every second."""

import os
import signal
import time
from types import FrameType
from uuid import UUID

import structlog

from laotie.places.media import folders, slices, spool
from laotie.places.media.studio.cutter import Slice
from laotie.places.media.studio.nudges import Nudges
from laotie.places.media.studio.production import Production, Publish
from laotie.places.media.takes import Take

SWEEP = 1.0  # seconds
MOST = 50  # recordings at once: a quarter of a core, and 2 MB each
log = structlog.get_logger()


class Studio:
    """All productions of this home. `publish` is told every slice."""

    def __init__(self, publish: Publish, most: int = MOST) -> None:
        self.productions: dict[UUID, Production] = {}
        self._publish, self._most = publish, most

    def woken(self, streams: set[UUID]) -> None:
        """Chunks have come for these."""
        for stream in streams:
            if production := self.productions.get(stream):
                production.wake()
                if not production.is_recording:
                    self._tick(production)
            else:
                self._admit(stream)

    def sweep(self) -> None:
        """Look at every spool."""
        for stream in spool.streams():
            if stream not in self.productions:
                self._admit(stream)
        for production in list(self.productions.values()):
            self._tick(production)
            if production.is_over:
                del self.productions[production.stream]

    def _admit(self, stream: UUID) -> None:
        if stream in spool.streams():
            self.productions[stream] = Production(stream, self._publish)
            self._tick(self.productions[stream])

    def _tick(self, production: Production) -> None:
        try:
            production.tick(self._has_room())
        except OSError as error:  # a full disk: the chunks stay in the spool
            log.error("a stream waits", stream=str(production.stream), error=repr(error))

    def _has_room(self) -> bool:
        return sum(production.is_recording for production in self.productions.values()) < self._most


def run(studio: Studio, nudges: Nudges) -> None:
    """Until the process is ended."""
    next_sweep = 0.0
    while True:
        if time.monotonic() >= next_sweep:
            studio.sweep()
            next_sweep = time.monotonic() + SWEEP
        studio.woken(nudges.wait(max(0.0, next_sweep - time.monotonic())))


def main() -> int:
    """Run until SIGTERM or SIGINT, which end it as a kill would: nothing needs to be finished."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    log.info("studio open", spool=str(folders.spools()))
    run(Studio(_told), Nudges())
    return 0


def _told(stream: UUID, take: Take, piece: Slice) -> None:
    """Viewers with little delay hear every slice. In the recording's thread."""
    slices.say(stream, take.number, piece.epoch, piece.start, piece.content)


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(0)
