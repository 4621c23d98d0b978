"""A store that dies at its n-th step: between any two acts on the disk, and in the middle of writing a file.

Run as a program it is a writer that is killed (kill -9) there: `python -m tests.faults.dying FOLDER STEP`.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from laotie.kit import clock
from laotie.stream.lake import compaction
from laotie.stream.lake.store import LocalStore
from laotie.stream.lake.writer import GRACE, Lake
from tests.stream.lakes import NOON, ZONE, struck

FACTS = [
    struck(n, NOON + timedelta(hours=n % 4 // 2 * 5), "test.struck" if n % 2 else "test.never_declared")
    for n in range(8)
]


class Died(BaseException):
    """Not an Exception, so that nobody handles it; and after it the store does nothing at all."""


class DyingStore(LocalStore):
    """Calls `die` at step `fatal`; counts `steps`."""

    def __init__(self, root: Path, fatal: int, die: Callable[[], None]) -> None:
        super().__init__(root)
        self.fatal, self.die, self.steps, self.dead = fatal, die, 0, False

    def step(self) -> None:
        self.steps += 1
        if self.dead or self.steps == self.fatal:
            self.dead = True
            self.die()

    def _fill(self, path: Path, content: bytes) -> None:
        self.step()
        path.write_bytes(content[: len(content) // 2])
        self.step()
        path.unlink()
        super()._fill(path, content)
        self.step()

    def _link(self, source: Path, target: Path) -> None:
        super()._link(source, target)
        self.step()

    def _drop(self, path: Path) -> None:
        self.step()
        super()._drop(path)
        self.step()

    def _make_folder(self, folder: Path) -> None:
        super()._make_folder(folder)
        self.step()

    def _sync_folder(self, folder: Path) -> None:
        self.step()
        super()._sync_folder(folder)


def life(store: LocalStore) -> None:
    """Write what is left of FACTS, four a commit; compact it all; bury what that replaced. Any part may be done."""
    with clock.travel(NOON), Lake(store, ZONE).writing() as lake:
        while (done := lake.position("facts") or 0) < len(FACTS):
            lake.commit("facts", done + 4, FACTS[done : done + 4])
        compaction.compact_all(lake)
    with clock.travel(NOON + 2 * GRACE), Lake(store, ZONE).writing() as lake:
        lake.bury()


def give_up() -> None:
    raise Died


if __name__ == "__main__":
    life(DyingStore(Path(sys.argv[1]), int(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL)))
