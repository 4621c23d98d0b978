"""The recorder: the one process that carries facts to the lake and to their subscribers.

Subscribers are told at once: rooms count what is left by it. The lake gathers: each commit writes a file a kind and
day, syncs it, and is compacted later, whether it holds one fact or a thousand. So each has a thread, and the lake's
stands back behind pages. It draws facts up as they come: all at once at every commit, they would keep a core from
pages for as long.

A turn of either is bounded: one chunk to each subscription; one chunk of each source into the lake, some trimming.
Whatever fails is logged and tried again; every step may be interrupted anywhere, even by kill -9.
"""

import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

import django
import pyarrow as pa
import structlog
from django.db import DatabaseError, connection

from laotie.kit import clock, market
from laotie.kit.threads import stand_back
from laotie.stream.counters import RECORDED
from laotie.stream.lake import tidying
from laotie.stream.lake.manifest import Position
from laotie.stream.lake.sources import Source, SourceAway
from laotie.stream.lake.store import LakeError, LocalStore
from laotie.stream.lake.writer import Drawn, Lake

CHUNK = 5000  # facts a commit
POLL = 0.5  # seconds between turns when nothing waits; NOTIFY would put every commit of the market in one queue
GATHER = 0.2  # seconds until subscribers are told again when few facts came: it costs as much for one as for a hundred
DRAW = 0.25  # seconds until facts for the lake are asked for again, while some come
COMMIT = 2.0  # seconds between commits to the lake while few facts come, and between questions while none do
FEW = 1000  # what one subscription is handed a turn: whoever moves no more is not behind
TIDY_EVERY = timedelta(seconds=30)
BEHIND = 13  # niceness above the process: behind what subscribers wait for
LONGEST_PAUSE = 30.0  # seconds between attempts while something is down
log = structlog.get_logger()


@dataclass(slots=True)
class Gathered:
    """Facts of one source that are drawn up for the lake and not in it yet, and how far the source was read for them.
    Whoever loses them reads them again."""

    position: Position
    since: datetime
    tables: list[Drawn] = field(default_factory=list)
    facts: int = 0


class Recorder:
    """Turns over `lake`, which must be in `writing`, and `sources`. Few facts are gathered for `gather` seconds before
    they are committed. `tidy` begins what keeps the lake tidy; without it the turn does it itself."""

    def __init__(
        self, lake: Lake, sources: Sequence[Source], tidy: Callable[[], None] | None = None, gather: float = 0.0
    ) -> None:
        self.lake = lake
        self.sources = sources
        self._tidy_lake = tidy or partial(tidying.tidy, lake)
        self._patience = timedelta(seconds=gather)
        self._gathered: dict[str, Gathered] = {}
        self.away: set[str] = set()
        self.tidied: datetime | None = None
        for source in sources:
            source.begin(lake)

    @property
    def gathers(self) -> bool:
        """Whether something waits to be committed."""
        return bool(self._gathered)

    def turn(self) -> int:
        """One bounded turn of everything. Returns how many facts moved; 0: everything was read."""
        return self.carry() + tell()

    def carry(self) -> int:
        """One chunk of each source towards the lake, and what keeps it tidy. Returns how many facts were read."""
        carried = sum(self.record(source) for source in self.sources)
        if self.tidied is None or clock.now() - self.tidied >= TIDY_EVERY:
            self.tidy()
        return carried

    def record(self, source: Source) -> int:
        """One chunk of `source`, which is committed once it is much or has been gathered for long enough; nothing where
        the source is down. Returns how many facts were read."""
        passed = self._read(source)
        gathered = self._gathered.get(source.name)
        if gathered and (gathered.facts >= FEW or clock.now() - gathered.since >= self._patience):
            self.lake.commit_tables(source.name, gathered.position, gathered.tables)
            RECORDED.labels(source.name).inc(gathered.facts)
            del self._gathered[source.name]
        return passed

    def _read(self, source: Source) -> int:
        gathered = self._gathered.get(source.name)
        try:
            batch = source.read(gathered.position if gathered else self.lake.position(source.name), CHUNK)
        except SourceAway as error:
            if source.name not in self.away:
                log.warning("source is away", source=source.name, error=str(error))
            self.away.add(source.name)
            return 0
        self.away.discard(source.name)
        if batch.passed:
            gathered = self._gathered.setdefault(source.name, Gathered(batch.position, clock.now()))
            gathered.position = batch.position
            gathered.tables += self.lake.tables(batch.facts)
            gathered.facts += len(batch.facts)
        return batch.passed

    def tidy(self) -> None:
        """Have the lake tidied, and free what every reader has passed."""
        self._tidy_lake()
        for source in self.sources:
            if source.name not in self.away and (position := self.lake.position(source.name)):
                source.release(position)
        self.tidied = clock.now()


def tell() -> int:
    """One chunk to each subscription. Returns how many facts moved."""
    from laotie.stream.outbox.subscriptions import deliver_all

    return deliver_all()


def run(stop: Event, lake: Lake, sources: Sequence[Source]) -> None:
    """Tell subscribers, and carry to the lake in a thread that stands back, until `stop`."""
    with ThreadPoolExecutor(1, "lake", stand_back, (BEHIND,)) as thread:
        carrier = thread.submit(keep_on, stop, lambda: carrying(lake, sources))
        keep_on(stop, telling)
        carrier.result()


def keep_on(stop: Event, begin: Callable[[], Generator[float]]) -> None:
    """Take turns, which say seconds to rest after each, until `stop`; after a failure pause and begin anew."""
    pause = POLL
    while not stop.is_set():
        try:
            with closing(begin()) as turns:
                for seconds in turns:
                    pause = POLL
                    if stop.wait(seconds):
                        break
        except Exception as error:  # a full disk, a killed database: nothing is lost by trying again
            expected = isinstance(error, OSError | DatabaseError | LakeError)
            log.error("recorder paused", error=repr(error), seconds=pause, exc_info=not expected)
            connection.close()
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    connection.close()


def telling() -> Generator[float]:
    """Turns that tell subscribers."""
    while True:
        yield rest(tell())


def carrying(lake: Lake, sources: Sequence[Source]) -> Generator[float]:
    """Take the lake, and turns that carry to it."""
    with lake.writing(), tidying.beside(lake) as tidier:
        recorder = Recorder(lake, sources, tidier.begin, COMMIT)
        while True:
            moved = recorder.carry()
            yield 0 if moved >= FEW else DRAW if moved or recorder.gathers else COMMIT


def rest(moved: int) -> float:
    """Seconds to wait after a turn that moved so many facts."""
    if moved >= FEW:
        return 0
    return GATHER if moved else POLL


def sources() -> list[Source]:
    """The sources of this market: its outbox and, where there is a bus, beacons and decisions."""
    from laotie.stream.beacons.source import BeaconSource
    from laotie.stream.bus import BusAway, bus
    from laotie.stream.decisions import DECISIONS
    from laotie.stream.journals.source import JournalSource
    from laotie.stream.outbox.source import OutboxSource

    try:
        return [OutboxSource(), BeaconSource(bus()), JournalSource(bus(), DECISIONS)]
    except BusAway:  # none is configured
        return [OutboxSource()]


def folder() -> Path:
    """Where this market's lake lies."""
    from django.conf import settings

    return Path(settings.HOME) / "lake"


def main() -> int:
    """Run until SIGTERM or SIGINT. Returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
    django.setup()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    pa.array([])  # Arrow looks for pandas at its first list: a second that no fact should wait for
    log.info("recording", lake=str(folder()))
    run(stop, Lake(LocalStore(folder()), market.current().zone), sources())
    return 0


if __name__ == "__main__":
    sys.exit(main())
