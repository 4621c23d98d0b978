"""A home for live video, with a studio in it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from pytest_django import Settings

from laotie.kit.ids import new_id
from laotie.places.media import spool
from laotie.places.media.studio.running import Studio

PAUSE = Event()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    return tmp_path


@pytest.fixture
def stream() -> UUID:
    """A stream whose spool is open; no database knows of it."""
    stream = new_id()
    spool.open_for(stream)
    return stream


@pytest.fixture
def studio() -> Studio:
    """A studio in this process that nobody listens to."""
    return Studio(lambda *_: None)


@pytest.fixture
def running_studio(home: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The studio as `laotie up` runs it."""
    process = start_studio(home)
    yield process
    process.kill()
    process.wait()


def start_studio(home: Path) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"LAOTIE_HOME": str(home)}
    return subprocess.Popen([sys.executable, "-m", "laotie.places.media.studio"], env=environment)


def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait for what other threads and processes bring about."""
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        PAUSE.wait(0.02)
    raise AssertionError("it did not come about")
