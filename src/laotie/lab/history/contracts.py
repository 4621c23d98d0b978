"""What a load says of itself."""

from dataclasses import dataclass

from laotie.kit.money import Money


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of one table: in the files, rejected, brought in by this run, and there before it."""

    table: str
    read: int
    rejected: int
    loaded: int
    already: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """A sum on both sides: of the archive's rows that stand, and of what the market holds of them."""

    what: str
    archive: Money
    market: Money

    @property
    def holds(self) -> bool:
        return self.archive == self.market


@dataclass(frozen=True, slots=True)
class Report:
    counts: tuple[Count, ...]
    sums: tuple[Agreement, ...]

    @property
    def loaded(self) -> int:
        """Rows that this run brought in; 0: it changed nothing."""
        return sum(count.loaded for count in self.counts)
