"""The whole circle in a market of its own, with a moved clock: every station's figures, exactly."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

EXPECTED = json.loads(Path(__file__).with_name("walk.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def walked():
    """The figures of the stations that were reached, and what was said in the end. The command walks in a process of
    its own, whose settings are the new home's."""
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "LAOTIE_HOME"}}
    with tempfile.TemporaryDirectory(prefix="laotie-test-walk-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else where we are root
        done = subprocess.run(
            [sys.executable, "-m", "laotie", "walk", "--json", "--home", f"{folder}/market"],
            env=surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {station["name"]: station["figures"] for station in told}, done


@pytest.mark.parametrize("station", EXPECTED)
def test_every_stations_figures(walked, station):
    figures, done = walked
    assert station in figures, f"{station} was not reached: {done.stderr.strip()[-300:]}"
    assert figures[station] == EXPECTED[station]


def test_the_walk_ends_well_and_there_are_no_other_stations(walked):
    figures, done = walked
    assert done.returncode == 0, done.stderr[-2000:]
    assert list(figures) == list(EXPECTED)
