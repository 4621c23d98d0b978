"""The outbox of a test, carried into a lake by the recorder."""

from pathlib import Path

from laotie.stream.facts import Recorded
from laotie.stream.outbox.source import OutboxSource
from laotie.stream.recorder import Recorder
from tests.stream.lakes import lake_at, seen
from tests.stream.settling import settle


def recorded(folder: Path) -> list[Recorded]:
    """Carry the outbox into a lake; everything in it."""
    settle()
    with lake_at(folder).writing() as lake:
        source = OutboxSource()
        recorder = Recorder(lake, [source])
        while recorder.record(source):
            pass
    lake = seen(folder)
    return [fact for day in lake.days() for fact in lake.replay(day)]
