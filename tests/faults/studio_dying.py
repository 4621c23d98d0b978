"""A studio that dies: `python -m tests.faults.studio_dying HOME STREAM CONTENT` kills one at each of its strokes.

A stroke is anything it does to the disk. For every stroke a fresh copy of the spool is worked on by a studio that is
killed at it, then by others that are killed a few strokes later, until one comes through. What then lies on the disk
is printed as one JSON line a stroke: [stroke, packets of the take, segments of the playlist].
"""

import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock
from typing import Any
from uuid import UUID

STROKES = ("write", "replace", "ftruncate", "unlink", "mkdir")
FURTHER = 7  # strokes after which the next studio is killed again
MOST_DEATHS = 60
STEP = Event()


def arm(stroke: int) -> None:
    """Kill this process before its `stroke`-th stroke."""
    left, lock = [stroke], Lock()

    def dying(act: Callable[..., Any]) -> Callable[..., Any]:
        def stricken(*arguments: Any, **named: Any) -> Any:
            with lock:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return act(*arguments, **named)

        return stricken

    for name in STROKES:
        setattr(os, name, dying(getattr(os, name)))
    Path.write_bytes = dying(Path.write_bytes)  # type: ignore[method-assign]
    Path.unlink = dying(Path.unlink)  # type: ignore[method-assign]
    Path.touch = dying(Path.touch)  # type: ignore[method-assign]


def live(stream: UUID) -> None:
    """One studio, until it has ended the stream."""
    from laotie.places.media import folders
    from laotie.places.media.studio.running import Studio

    studio = Studio(lambda *_: None)
    while folders.spool(stream).exists():
        studio.sweep()
        STEP.wait(0.002)


def dies(stream: UUID, stroke: int) -> bool:
    """Whether a studio that is to die at `stroke` did; else it came through."""
    child = os.fork()
    if child == 0:
        try:
            arm(stroke)
            live(stream)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGKILL)
    return os.WIFSIGNALED(status)


def tried(home: Path, stream: UUID, stroke: int) -> bool:
    """A whole life with deaths; False when no studio reached the stroke."""
    for name in ("media", "spool"):
        shutil.rmtree(home / name, ignore_errors=True)
    shutil.copytree(home / "waiting", home / "spool")
    died = first = dies(stream, stroke)
    deaths = 1
    while died:
        assert deaths < MOST_DEATHS, "it never comes through"
        died = dies(stream, stroke + deaths * FURTHER)
        deaths += 1
    return first


def main() -> None:
    home, stream = Path(sys.argv[1]), UUID(sys.argv[2])
    from laotie.places.media import folders
    from laotie.places.media.studio import running  # noqa: F401  imported once, before any fork
    from tests.places.media import videos

    stroke = int(sys.argv[3])
    while tried(home, stream, stroke):
        take = folders.kept(stream) / "0.mp4"
        lines = (folders.kept(stream) / "live.m3u8").read_text().splitlines()
        shown = sum(line.startswith("#EXTINF") for line in lines) * (lines[-1] == "#EXT-X-ENDLIST")
        print(json.dumps([stroke, videos.packets(take), shown]), flush=True)
        stroke += int(sys.argv[4])


if __name__ == "__main__":
    main()
