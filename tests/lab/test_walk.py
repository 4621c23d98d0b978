"""The whole circle in a market of its own, with a moved clock: every station's figures, exactly."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXPECTED = json.loads(Path(__file__).with_name("walk.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """What the command tells, as JSON: it walks in a process of its own, whose settings are the new home's."""
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "LAOTIE_HOME"}}
    home = tmp_path_factory.mktemp("walk")
    for folder in (home, *home.parents[:3]):
        folder.chmod(0o755)  # PostgreSQL runs as somebody else where we are root
    done = subprocess.run(
        [sys.executable, "-m", "laotie", "walk", "--json", "--home", str(home / "market")],
        env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return {station["name"]: station["figures"] for station in json.loads(done.stdout.splitlines()[-1])}


@pytest.mark.parametrize("station", EXPECTED)
def test_every_stations_figures(walked, station):
    assert walked[station] == EXPECTED[station]


def test_there_are_no_other_stations(walked):
    assert list(walked) == list(EXPECTED)
