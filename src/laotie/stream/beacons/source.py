"""The journal of beacons as a source of the lake."""

from laotie.stream.beacons.jetstream import BEACONS
from laotie.stream.bus import Bus
from laotie.stream.journals.source import JournalSource


class BeaconSource(JournalSource):
    """Beacons in the order of their sequence."""

    def __init__(self, bus: Bus) -> None:
        super().__init__(bus, BEACONS)
