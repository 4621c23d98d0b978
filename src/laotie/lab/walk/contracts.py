"""What a walk tells."""

from collections.abc import Mapping
from dataclasses import dataclass

Figure = str | int | float


@dataclass(frozen=True, slots=True)
class Station:
    """One stop of the circle: its `name`, what happened there in a `title`, and what was measured."""

    name: str
    title: str
    figures: Mapping[str, Figure]


class Astray(Exception):
    """A station did not do to the market what the circle needs; the message names the station and what it saw."""

    def __init__(self, station: str, why: str) -> None:
        super().__init__(f"{station}: {why}")
        self.station = station
