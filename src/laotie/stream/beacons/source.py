"""The journal of beacons as a source of the lake."""

from datetime import datetime

from laotie.stream.beacons.jetstream import BEACONS
from laotie.stream.bus import Bus, BusAway, bus
from laotie.stream.journals.source import JournalSource
from laotie.stream.lake.queries import Snapshot
from laotie.stream.lake.sources import SourceAway


class BeaconSource(JournalSource):
    """Beacons in the order of their sequence."""

    def __init__(self, bus: Bus) -> None:
        super().__init__(bus, BEACONS)


def all_told(lake: Snapshot, before: datetime) -> bool:
    """Whether `lake` has all that browsers had told by `before`. Nobody knows while the bus is away, so then not."""
    try:
        source = BeaconSource(bus())
    except BusAway:  # none is configured, so browsers tell nothing
        return True
    try:
        since = source.next_since(lake.state.positions.get(source.name))
    except SourceAway:
        return False
    return since is None or since >= before
