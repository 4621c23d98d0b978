"""One stream in the studio: its runs one after the other, its playlist, its state.

    idle → live ⇄ dropped → ended

Everything it knows lies in files, so that another studio goes on where this one was killed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import RLock
from typing import Any
from uuid import UUID

import structlog

from laotie.kit import clock
from laotie.places.media import folders, playlist, spool, standing
from laotie.places.media.contracts import State
from laotie.places.media.spool import Run
from laotie.places.media.studio.cutter import Slice
from laotie.places.media.studio.posters import Poster
from laotie.places.media.studio.recording import Recording
from laotie.places.media.takes import Segment, Take, seconds

DROPPED_AFTER = timedelta(seconds=4)  # without a slice
ENDED_AFTER = timedelta(minutes=15)  # as long as the host may be away, and a room waits
UNUSED_AFTER = timedelta(hours=1)  # a spool that nothing ever came into; the owner's desk makes it again
log = structlog.get_logger()
Publish = Callable[[UUID, Take, Slice], None]


class Production:
    """`tick` is called now and then and whenever chunks came; it never blocks for long."""

    def __init__(self, stream: UUID, publish: Publish) -> None:
        self.stream = stream
        self.folder = folders.kept(stream)
        self.folder.mkdir(parents=True, exist_ok=True)
        folders.clear_drafts(self.folder)
        self.is_over = False
        self._publish = publish
        self._lock = RLock()
        self._standing = standing.read(stream)
        self._takes = [Take(self.folder, number) for number in range(len(self._standing.runs))]
        self._recording: Recording | None = None
        self._poster = Poster(self.folder)
        self._heard = clock.now()  # silence while no studio was running is not the host's

    def wake(self) -> None:
        """Chunks have come."""
        if self._recording:
            self._recording.feed.woken.set()

    def tick(self, may_begin: bool = True) -> None:
        """Begin, finish, notice silence, end. Begins a recording only where it `may_begin` one."""
        killed_tidying = self._standing.state is State.ENDED
        if killed_tidying or not self.folder.is_dir():  # or its recording was deleted
            self._leave()
            return
        ending = spool.is_ended(self.stream)
        runs = [run for run in spool.runs(self.stream) if not run.is_over]
        self._next_run(runs, ending, may_begin)
        if self._recording is None and not runs and (ending or self._is_given_up()):
            self._end()
        elif self._is_silent():
            self._say(state=State.DROPPED)
        elif self._is_unused():
            self._leave()

    @property
    def is_recording(self) -> bool:
        return self._recording is not None

    def _next_run(self, runs: list[Run], ending: bool, may_begin: bool) -> None:
        current = self._recording
        if current and current.is_running:
            if ending or self._is_given_up() or any(run.name != current.run.name for run in runs):
                current.feed.finish()
            return
        self._recording = None
        if runs and may_begin and (not current or current.run.name != runs[0].name):
            self._record(runs[0])

    def _record(self, run: Run) -> None:
        if run.name not in self._standing.runs:
            self._takes.append(Take(self.folder, len(self._takes)))
            self._say(runs=[*self._standing.runs, run.name])
        take = self._takes[self._standing.runs.index(run.name)]
        self._recording = Recording(run, take, self._kept, lambda piece: self._sliced(take, piece), self._poster.offer)
        log.info("recording", stream=str(self.stream), take=take.number, segments=len(take.segments))
        self._recording.begin()

    def _kept(self, segment: Segment) -> None:
        """A segment is whole. In the recording's thread."""
        with self._lock:
            self._write_playlist(ended=False)
            now = clock.now().timestamp()
            began = self._standing.started_at or now - segment.duration / 1000
            self._say(state=State.LIVE, started_at=began, last_media_at=now, seconds=seconds(self._takes))

    def _sliced(self, take: Take, piece: Slice) -> None:
        """In the recording's thread."""
        self._heard = clock.now()
        self._publish(self.stream, take, piece)

    def _is_silent(self) -> bool:
        return self._standing.state is State.LIVE and clock.now() - self._heard > DROPPED_AFTER

    def _is_given_up(self) -> bool:
        return self._standing.state is State.DROPPED and clock.now() - self._heard > ENDED_AFTER

    def _is_unused(self) -> bool:
        return self._recording is None and not self._standing.runs and clock.now() - self._heard > UNUSED_AFTER

    def _end(self) -> None:
        """For good: the playlist says so, and the spool goes."""
        self._write_playlist(ended=True)
        self._say(state=State.ENDED, ended_at=clock.now().timestamp(), seconds=seconds(self._takes))
        self._leave()
        log.info("ended", stream=str(self.stream), seconds=self._standing.seconds)

    def _leave(self) -> None:
        spool.remove(self.stream)
        self.is_over = True

    def _write_playlist(self, ended: bool) -> None:
        shown = [take for take in self._takes if take.segments]
        folders.write_whole(self.folder / "live.m3u8", playlist.live(shown, ended).encode())

    def _say(self, **changes: Any) -> None:
        with self._lock:
            changed = replace(self._standing, **changes)
            if changed != self._standing:
                standing.write(self.stream, changed)
                self._standing = changed
