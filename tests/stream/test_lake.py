"""The lake holds every fact once, by kind and market day, and shows what its manifest names and nothing else."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laotie.kit import clock
from laotie.stream.facts import Recorded
from laotie.stream.lake import compaction, manifest, tidying
from laotie.stream.lake.columns import to_facts, to_table
from laotie.stream.lake.manifest import BrokenLake
from laotie.stream.lake.store import LocalStore, Taken
from laotie.stream.lake.writer import GRACE, Lake
from tests.stream.lakes import DAY, NOON, ZONE, lake_at, numbers, seen, strokes, struck

LONG = 20.0  # seconds: longer than any test takes
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(alphabet="abc语", max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("xyz", min_size=1), inner, max_size=2),
    max_leaves=4,
)


def test_an_empty_folder_is_an_empty_lake(tmp_path: Path):
    lake = seen(tmp_path)
    assert (lake.kinds(), lake.days(), list(lake.replay(DAY))) == ([], [], [])
    assert lake.read("test.struck").num_rows == 0
    assert lake.table("test.struck").count().to_pyarrow().as_py() == 0


def test_facts_come_back_in_order_to_the_last_digit(tmp_path: Path):
    facts = [*strokes(range(20)), struck(30, kind="test.never_declared")]
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", [1, 1], facts[10:])
        lake.commit("outbox", [1, 2], facts[:10])
    assert list(seen(tmp_path).replay(DAY)) == facts


@given(st.dictionaries(st.sampled_from(["number", "bell", "at", "words", "near", "other"]), JSON, max_size=4))
def test_a_body_that_breaks_its_contract_is_kept(body: dict):
    fact = Recorded(UUID(int=1), "test.struck", 1, NOON, NOON, body)
    (back,) = to_facts(to_table("test.struck", [fact], ZONE))
    assert {name: value for name, value in back.body.items() if value is not None} == {
        name: value for name, value in body.items() if value is not None
    }


def test_days_are_the_markets(tmp_path: Path):
    before_midnight = datetime(2026, 3, 1, 15, 59, 58, tzinfo=UTC)  # 23:59:58 in Shanghai
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", 1, strokes(range(4), before_midnight))
    assert sorted(path.parent.name for path in tmp_path.rglob("*.parquet")) == ["day=2026-03-01", "day=2026-03-02"]
    lake = seen(tmp_path)
    assert lake.days("test.struck") == [date(2026, 3, 1), date(2026, 3, 2)]
    assert lake.read("test.struck", [date(2026, 3, 2)])["number"].to_pylist() == [2, 3]
    assert set(lake.read("test.struck", [DAY])["day"].to_pylist()) == {DAY}
    assert lake.table("test.struck", [date(2026, 3, 2)]).number.sum().to_pyarrow().as_py() == 5


def test_the_position_moves_with_the_facts(tmp_path: Path):
    with lake_at(tmp_path).writing() as lake:
        assert lake.position("outbox") is None
        lake.commit("outbox", [7, 8], strokes([1]))
        lake.commit("beacons", {"seq": 5}, [])
    with lake_at(tmp_path).writing() as lake:
        assert (lake.position("outbox"), lake.position("beacons")) == ([7, 8], {"seq": 5})


def test_a_reader_keeps_its_snapshot(tmp_path: Path):
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", 1, strokes(range(5)))
        early = seen(tmp_path)
        lake.commit("outbox", 2, strokes(range(5, 9)))
        compaction.compact_all(lake)
        lake.bury()
        assert numbers(early) == list(range(5))
        assert numbers(seen(tmp_path)) == list(range(9))


def test_there_is_one_writer(tmp_path: Path):
    with lake_at(tmp_path).writing(), pytest.raises(Taken), lake_at(tmp_path).writing():
        pass
    with lake_at(tmp_path).writing():
        pass


def test_a_writer_that_slept_through_another_cannot_commit(tmp_path: Path):
    sleeper = lake_at(tmp_path)
    with sleeper.writing():
        sleeper.commit("outbox", 1, strokes([1]))
    with lake_at(tmp_path).writing() as other:
        other.commit("outbox", 2, strokes([2]))
    with pytest.raises(Taken):
        sleeper.commit("outbox", 2, strokes([2]))
    assert numbers(seen(tmp_path)) == [1, 2]


def test_another_time_zone_is_refused(tmp_path: Path):
    with lake_at(tmp_path).writing():
        pass
    with pytest.raises(BrokenLake, match="Asia/Shanghai"), Lake(LocalStore(tmp_path), ZoneInfo("UTC")).writing():
        pass


def test_many_commits_need_few_manifests(tmp_path: Path):
    count = 3 * manifest.CHECKPOINT_EVERY + 7
    with lake_at(tmp_path).writing() as lake:
        for number in range(count):
            lake.commit("outbox", number, strokes([number]))
        lake.bury()
        files = list((tmp_path / "manifest").iterdir())
        assert len(files) <= 2 * manifest.CHECKPOINT_EVERY + 2
        assert manifest.load(lake.store) == lake.state
    assert numbers(seen(tmp_path)) == list(range(count))


def test_compaction_keeps_every_fact_and_saves_files(tmp_path: Path):
    with lake_at(tmp_path).writing() as lake:
        for number in range(40):
            lake.commit("outbox", number, strokes([number, number + 100]))
        while compaction.compact(lake):
            pass
        assert len(lake.state.files) < compaction.WIDTH
        assert numbers(seen(tmp_path)) == [*range(40), *range(100, 140)]
        assert lake.state.written == {"outbox": {"test.struck": 80}}
        compaction.compact_all(lake)
        assert len(lake.state.files) == 1
    assert list(seen(tmp_path).replay(DAY)) == strokes([*range(40), *range(100, 140)])


def test_what_is_heavy_together_is_not_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with lake_at(tmp_path).writing() as lake:
        for number in range(compaction.WIDTH):
            lake.commit("outbox", number, strokes([number]))
        heaviest = max(file.size for file in lake.state.files.values())
        monkeypatch.setattr(compaction, "HEAVIEST", heaviest)
        assert compaction.compact(lake) == 0, "no two of them"
        monkeypatch.setattr(compaction, "HEAVIEST", 4 * heaviest)
        assert compaction.compact(lake) == 1
        assert len(lake.state.files) == compaction.WIDTH - 3
    assert numbers(seen(tmp_path)) == list(range(compaction.WIDTH))


def test_a_lake_is_tidied_beside_its_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A merge that has read its files waits while others are committed; then it stands in their place alone."""
    read, go_on = Event(), Event()
    table_of = compaction.table_of

    def slow(*arguments: Any) -> Any:
        table = table_of(*arguments)
        read.set()
        assert go_on.wait(LONG)
        return table

    monkeypatch.setattr(compaction, "table_of", slow)
    with lake_at(tmp_path).writing() as lake, tidying.beside(lake) as tidier:
        for number in range(compaction.WIDTH):
            lake.commit("outbox", number, strokes([number]))
        tidier.begin()
        assert read.wait(LONG)
        for number in range(compaction.WIDTH, compaction.WIDTH + 5):
            lake.commit("outbox", number, strokes([number]))
            tidier.begin()
        assert len(lake.state.files) == compaction.WIDTH + 5
        go_on.set()
    assert len(lake.state.files) == 6
    assert lake.position("outbox") == compaction.WIDTH + 4
    assert numbers(seen(tmp_path)) == list(range(compaction.WIDTH + 5))
    assert manifest.load(lake.store) == lake.state


def test_what_went_wrong_beside_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(_lake: Lake) -> None:
        raise BrokenLake("half a file")

    monkeypatch.setattr(tidying, "tidy", fail)
    with lake_at(tmp_path).writing() as lake:
        with tidying.beside(lake) as tidier:
            tidier.begin()
        with pytest.raises(BrokenLake, match="half a file"):
            tidier.begin()


def test_compacted_files_are_deleted_after_their_grace(tmp_path: Path):
    with clock.travel(NOON), lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", 1, strokes([1]))
        lake.commit("outbox", 2, strokes([2]))
        compaction.compact_all(lake)
        with clock.travel(NOON + GRACE):
            lake.bury()
        assert len(list(tmp_path.rglob("*.parquet"))) == 3
        with clock.travel(NOON + GRACE + timedelta(seconds=1)):
            lake.bury()
        assert len(list(tmp_path.rglob("*.parquet"))) == 1
        assert lake.state.graves == {}
    assert numbers(seen(tmp_path)) == [1, 2]


def test_a_missing_manifest_is_named(tmp_path: Path):
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", 1, strokes([1]))
        lake.commit("outbox", 2, strokes([2]))
    (tmp_path / manifest.name(2)).unlink()
    with pytest.raises(BrokenLake, match="manifest 2 is missing"):
        seen(tmp_path)


def test_a_missing_file_is_named_by_its_readers(tmp_path: Path):
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", 1, strokes([1]))
    (gone,) = tmp_path.rglob("*.parquet")
    gone.unlink()
    with pytest.raises(BrokenLake, match=gone.name):
        numbers(seen(tmp_path))


def test_an_operators_own_file_is_left_alone(tmp_path: Path):
    (tmp_path / "README").write_text("mine")
    (tmp_path / "test.struck").mkdir()
    (tmp_path / "test.struck" / "stray.parquet").write_bytes(b"half")
    with lake_at(tmp_path).writing():
        pass
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["0000000001.json", "README", "lock"]


def test_sums_over_history_span_versions_of_files(tmp_path: Path):
    with lake_at(tmp_path).writing() as lake:
        lake.commit("outbox", 1, strokes(range(10)))
        narrow = to_table("test.struck", strokes([10]), ZONE).drop_columns(["words", "near"])
        file = lake.write("test.struck", "2026-03-01", narrow)  # as a version without these fields wrote it
        lake._publish(manifest.Change("commit", NOON.isoformat(), (file,)))
    lake = seen(tmp_path)
    assert lake.table("test.struck").count().to_pyarrow().as_py() == 11
    assert lake.table("test.struck").words.count().to_pyarrow().as_py() == 10
    assert numbers(lake) == list(range(11))
