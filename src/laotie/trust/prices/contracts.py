"""A product's price among the same ones, and the fact of every comparison that came out differently."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from laotie.kit.money import Money
from laotie.stream.facts import Fact, fact

ITEM, KIND, NONE = "item", "kind", "none"


@dataclass(frozen=True, slots=True)
class Compared:
    """`index`: landed price over what the same item usually costs (`basis` item) or what its kind does (kind); None
    where it has no equal (none). `landed`: price with freight. `sellers`: of the same item, this one included.
    `cut`: how much lower than in the 30 days before, 0 … 1."""

    product_id: UUID
    shop_id: UUID
    day: date
    basis: str
    index: float | None
    points: float | None
    sellers: int
    landed: Money
    cut: float
    cluster: UUID


@fact("price.compared", version=1)
@dataclass(frozen=True, slots=True)
class PriceCompared(Fact):
    """From this night on a product's price stands at `index_e4` (ten thousand: as usual) and earns `points_e4`.

    Both are nothing where it cannot be compared with anything; `cluster` is one of the products that are the same item.
    """

    product_id: UUID
    shop_id: UUID
    basis: str
    index_e4: int | None
    points_e4: int | None
    sellers: int
    cluster: UUID
