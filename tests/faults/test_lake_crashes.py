"""Wherever a writer of the lake dies, the next one finds every fact once and leaves nothing lying about."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from laotie.stream.lake import manifest
from laotie.stream.lake.store import LocalStore
from tests.faults.dying import FACTS, Died, DyingStore, give_up, life
from tests.stream.lakes import seen

ALIVE = 10**9


def steps_of_a_life(folder: Path) -> int:
    store = DyingStore(folder, ALIVE, give_up)
    life(store)
    return store.steps


def check_whole(folder: Path) -> None:
    lake = seen(folder)
    everything = [fact for day in lake.days() for fact in lake.replay(day)]
    assert sorted(everything, key=lambda fact: fact.fact_id) == FACTS
    assert sum(lake.state.written["facts"].values()) == len(FACTS)
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}
    assert on_disk == set(lake.state.files)
    assert not [path for path in (folder / manifest.FOLDER).iterdir() if path.name.startswith(".")]


def check_readable(folder: Path) -> None:
    """Before anyone has cleaned up, a reader sees whole commits and nothing else."""
    lake = seen(folder)
    count = sum(1 for day in lake.days() for _ in lake.replay(day))
    assert count == (lake.state.positions.get("facts") or 0)


def test_dying_at_any_step_loses_and_doubles_nothing(tmp_path: Path):
    for step in range(1, steps_of_a_life(tmp_path / "whole") + 1):
        folder = tmp_path / str(step)
        with pytest.raises(Died):
            life(DyingStore(folder, step, give_up))
        check_readable(folder)
        life(LocalStore(folder))
        check_whole(folder)


def test_dying_again_and_again_loses_and_doubles_nothing(tmp_path: Path):
    for stride in range(9, 60, 10):
        lives = 0
        while True:
            store = DyingStore(tmp_path / str(stride), stride + lives // 4, give_up)  # a little further each time
            try:
                life(store)
                break
            except Died:
                lives += 1
        check_whole(tmp_path / str(stride))


@pytest.mark.slow
def test_kill_9_at_any_step_loses_and_doubles_nothing(tmp_path: Path):
    for step in range(1, steps_of_a_life(tmp_path / "whole") + 1, 3):
        folder = tmp_path / str(step)
        killed = subprocess.run(
            [sys.executable, "-m", "tests.faults.dying", str(folder), str(step)], check=False, env=os.environ
        )
        assert killed.returncode == -signal.SIGKILL
        check_readable(folder)
        life(LocalStore(folder))
        check_whole(folder)
