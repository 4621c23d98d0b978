"""Where the lake's facts come from. A source is read from a position, which the lake keeps with the facts."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from laotie.stream.facts import Recorded
from laotie.stream.lake.manifest import Position
from laotie.stream.lake.writer import Lake


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts after a position, and the position after them. `passed` counts what was gone by; 0: all read."""

    position: Position
    facts: Sequence[Recorded] = field(default_factory=list)
    passed: int = 0


class Source(ABC):
    """Reading twice from one position gives the same facts, as long as nobody said `release` beyond it."""

    name: str

    def begin(self, lake: Lake) -> None:  # noqa: B027  most have nothing to do
        """Called once the lake is in writing, before the first `read`."""

    @abstractmethod
    def read(self, position: Position, limit: int) -> Batch:
        """At most `limit` facts after `position` (None: from the beginning). Raises SourceAway where it is down."""

    @abstractmethod
    def release(self, position: Position) -> int:
        """What is at or before `position` is in the lake for good: free some of it. Returns how many were freed."""


class SourceAway(Exception):
    """The source does not answer; nothing is lost, it is read later."""
