"""A session that has just ended is being counted until both ways to the lake have brought what they hold of it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from laotie.places.rooms import actions, queries
from laotie.places.rooms.arriving import TELLING, arriving
from laotie.places.rooms.contracts import Session
from laotie.stream.lake.queries import Snapshot
from tests.places.rooms.making import make_host, make_session
from tests.stream.lakes import seen
from tests.stream.recording import recorded

pytestmark = pytest.mark.django_db(transaction=True)


class Browsers:
    """What browsers had told before a moment is in the lake, or not; remembers the moments that were asked about."""

    def __init__(self, all_told: bool) -> None:
        self.all_told, self.asked = all_told, list[datetime]()

    def __call__(self, lake: Snapshot, before: datetime) -> bool:
        self.asked.append(before)
        return self.all_told


def ended(tmp_path: Path) -> tuple[Session, Session, Snapshot, Snapshot]:
    """A session on air and over, and the lake before and after it knows of the end."""
    host = make_host()
    session = make_session(host, on_air=True)
    early, on_air = seen(tmp_path), queries.session(session.id)
    actions.end(host.id, session.id)
    recorded(tmp_path)
    return on_air, queries.session(session.id), early, seen(tmp_path)


def test_all_has_arrived_once_browsers_had_time_to_tell_and_the_lake_knows_of_the_end(tmp_path: Path):
    on_air, over, early, whole = ended(tmp_path)
    assert over.ended_at is not None
    at_once, soon, late = (over.ended_at + timedelta(seconds=after) for after in (2, 20, 600))
    told = Browsers(all_told=True)
    assert not arriving(early, on_air, soon, told)
    assert [arriving(early, over, when, told) for when in (soon, late)] == [True, False]
    assert [arriving(whole, over, when, told) for when in (at_once, soon)] == [True, False]


def test_the_end_may_be_in_the_lake_before_what_browsers_told(tmp_path: Path):
    """The recorder stands back behind all else: on a busy machine it may be a minute behind."""
    _on_air, over, _early, whole = ended(tmp_path)
    assert over.ended_at is not None
    browsers = Browsers(all_told=False)
    soon, late = over.ended_at + timedelta(minutes=1), over.ended_at + timedelta(minutes=10)
    assert arriving(whole, over, soon, browsers)
    assert not arriving(whole, over, late, browsers)
    assert browsers.asked == [over.ended_at + TELLING]
