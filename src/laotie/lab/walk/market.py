"""The demo market with its clock in hand: what the recorder and the night do by themselves is done here when told."""

from datetime import UTC, date, datetime, timedelta

from laotie.kit import clock, market
from laotie.lab.demo import actions as demo
from laotie.stream import recorder
from laotie.stream.lake.queries import Snapshot, snapshot
from laotie.stream.lake.store import LocalStore
from laotie.stream.lake.writer import Lake
from laotie.stream.recorder import Recorder
from laotie.trust.scores import actions as scores
from laotie.trust.scores.contracts import Run

BEGIN = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)  # one moment for every walk, so that every walk tells the same
DAY = timedelta(days=1)
NIGHT = timedelta(hours=1)  # after midnight a day's scores are published


def furnish(language: str) -> None:
    """Seed the demo market as it stands at BEGIN, and publish its first scores."""
    with clock.travel(BEGIN):
        demo.seed(language)
        scores.publish(carry(), day_of(BEGIN) - DAY)


def carry() -> Snapshot:
    """Everything that happened goes into the lake, as the recorder takes it there."""
    with Lake(LocalStore(recorder.folder()), market.current().zone).writing() as lake:
        carrier = Recorder(lake, recorder.sources())
        while carrier.turn():
            pass
    return snapshot(LocalStore(recorder.folder()))


def publish(day: date) -> Run:
    """The night after `day`: its scores are published, and standing is written down."""
    with clock.travel(night_after(day)):
        return scores.publish(carry(), day)


def night_after(day: date) -> datetime:
    """When the scores of `day` are published."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), market.current().zone) + NIGHT


def day_of(at: datetime) -> date:
    """The market day of a moment."""
    return market.current().day(at)
