"""Where an order line came from. Trade carries it and never looks inside; places write it, traffic reads it."""

from dataclasses import asdict, dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Origin:
    """Opaque to trade. `entry` is how the buyer came in (search, category, shop, session, clip, …)."""

    entry: str = "direct"
    session: UUID | None = None
    card: UUID | None = None
    clip: UUID | None = None
    creator: UUID | None = None
    decision: UUID | None = None

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items() if value is not None}
