"""A small market's facts, written into a lake as the recorder would."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from laotie.stream.facts import Fact, Recorded, encode
from laotie.stream.lake.queries import Snapshot, snapshot
from laotie.stream.lake.store import LocalStore
from laotie.stream.lake.writer import Lake
from laotie.trade.orders.contracts import LinePlaced, OrderPaid, ParcelShipped, ParcelSigned

SPACE = UUID(int=7)
START = datetime(2026, 1, 1, 4, tzinfo=UTC)  # noon in Shanghai
CATEGORY = uuid5(SPACE, "category")


def key(name: str) -> UUID:
    return uuid5(SPACE, name)


class History:
    """Deals of shops; each shop has one product."""

    def __init__(self) -> None:
        self.facts: list[Recorded] = []

    def add(self, fact: Fact, at: datetime, recorded_at: datetime | None = None) -> None:
        fact_id = uuid5(SPACE, f"{fact}{at}")
        self.facts.append(Recorded(fact_id, fact.KIND, fact.VERSION, at, recorded_at or at, encode(fact)))

    def deal(self, name: str, shop: str, *, days: int = 3, at: datetime = START, buyer: UUID | None = None) -> UUID:
        """A deal paid at `at` and signed `days` later; the promise was 48 hours to ship, a week to carry."""
        order, buyer = key(f"order {name}"), buyer or key(f"buyer {name}")
        line = LinePlaced(
            order_id=order, line_id=key(f"line {name}"), shop_id=key(shop), buyer=buyer, product_id=key(f"{shop} p"),
            sku_id=key("sku"), offer_id=key("offer"), category_id=CATEGORY, quantity=1, unit_price_minor=1000,
            list_price_minor=None, discount_minor=0, freight_minor=0, currency="CNY", creator=None, commission_bp=0,
            entry="direct", session_id=None, card_id=None, clip_id=None, decision_id=None, ships_within_hours=48,
        )  # fmt: skip
        self.add(line, at)
        promised = at + timedelta(days=2)
        self.add(OrderPaid(order, key("checkout"), key(shop), buyer, 1000, "CNY", promised), at)
        shipped = at + timedelta(days=1)
        self.add(ParcelShipped(order, key(f"parcel {name}"), key(shop), buyer, "sf", shipped, promised), shipped)
        self.add(ParcelSigned(order, key(shop), buyer, "buyer"), at + timedelta(days=days))
        return line.line_id

    def lake(self, folder: Path) -> Snapshot:
        """The lake that holds what was added so far and was not there before."""
        store = LocalStore(folder)
        with Lake(store, ZoneInfo("Asia/Shanghai")).writing() as lake:
            done = lake.position("outbox") or 0
            fresh = self.facts[int(str(done)) :]
            if fresh:
                lake.commit("outbox", len(self.facts), fresh)
        return snapshot(store)


def market(late: list[int], each: int = 40) -> History:
    """A shop for each number in `late`: so many of its `each` deals came late."""
    history = History()
    for shop, count in enumerate(late):
        for n in range(each):
            history.deal(f"{shop}-{n}", f"shop {shop}", days=12 if n < count else 3)
    return history
