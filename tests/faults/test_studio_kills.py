"""The studio is killed (kill -9) at every stroke it does to the disk: no packet is lost, none comes twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from laotie.kit.ids import new_id
from laotie.places.media import folders, spool
from tests.places.media import videos

CHUNK = 7000
EVERY = 9  # strokes between deaths tried; each row below begins at another one, so that together they try all


@pytest.mark.parametrize("kind", ["webm", "mp4"])
@pytest.mark.parametrize("first", [1, *(pytest.param(first, marks=pytest.mark.slow) for first in range(2, 10))])
def test_wherever_the_studio_dies_the_next_one_goes_on(tmp_path: Path, settings: Settings, kind: str, first: int):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    stream, content = new_id(), videos.recording(kind)
    spool.open_for(stream)
    chunks = videos.cut(content, CHUNK)
    for number, chunk in enumerate(chunks):
        spool.put(stream, "onerun", number, chunk, last=number == len(chunks) - 1)
    spool.end(stream)
    folders.spools().rename(tmp_path / "waiting")
    lives = after_deaths(tmp_path, str(stream), first)
    assert len(lives) > 5
    wanted = [list(packet) for packet in videos.packets(content)]
    for stroke, packets, segments in lives:
        assert packets == wanted, f"killed at stroke {stroke}"
        assert segments == 4, f"killed at stroke {stroke}"


def after_deaths(home: Path, stream: str, first: int) -> list[tuple[int, list, int]]:
    """What lay on the disk after the deaths at strokes `first`, `first` + EVERY, …"""
    command = [sys.executable, "-m", "tests.faults.studio_dying", str(home), stream, str(first), str(EVERY)]
    done = subprocess.run(
        command, env=os.environ | {"LAOTIE_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [tuple(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("[")]
