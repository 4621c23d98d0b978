"""Where a cluster lies when root may not run it."""

import os
import pwd
from pathlib import Path

import pytest

from laotie.runtime.embedded import place

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to give its cluster away")


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that only root may enter; what stands in for it lies in another one."""
    monkeypatch.setattr(place, "OUTSIDE", tmp_path / "outside")
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    return folder


def test_a_fresh_home_points_outside(closed: Path) -> None:
    seat = place.seat(closed / "home" / "pg")
    assert (closed / "home" / "pg").resolve() == seat
    assert seat.parent == place.OUTSIDE
    assert place.seat(closed / "home" / "pg") == seat


def test_what_a_copied_home_brought_along_goes_outside_and_belongs_to_whom_serves_it(closed: Path) -> None:
    data = closed / "home" / "pg" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18")
    seat = place.seat(closed / "home" / "pg")
    assert (seat / "data" / "PG_VERSION").read_text() == "18"
    assert (closed / "home" / "pg" / "data" / "PG_VERSION").read_text() == "18"
    owners = {pwd.getpwuid(path.stat().st_uid).pw_name for path in (seat, *seat.rglob("*"))}
    assert owners == {place.user(seat)}
