"""What became of a session's viewers and deals, counted from the lake: fans, repeat buyers, refunds, the week after.

A refund counts with at most what the order's goods of the session cost, so that freight is not taken for goods; a paid
order that was cancelled went back whole. Who bought or followed before is looked for in the BEFORE days before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from laotie.kit import market
from laotie.kit.money import Money
from laotie.places.rooms.contracts import Session
from laotie.places.rooms.metrics import days_between, goods_of
from laotie.stream.lake.queries import Snapshot

BEFORE = timedelta(days=90)
AFTER = timedelta(days=7)
MATURED = timedelta(days=60)  # after that nothing is given back any more
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """`new_fans` followed the host while it was on air; `fans` and `back` are buyers who followed, or had bought from
    this host, before. `refunds` are orders of which something went back, `refunded` how much of `gmv`. `week` is what
    viewers paid for elsewhere in the market in the seven days after.
    """

    viewers: int
    buyers: int
    orders: int
    gmv: Money
    new_fans: int
    fans: int
    back: int
    refunds: int
    refunded: Money
    week: Money

    @property
    def net(self) -> Money:
        return self.gmv - self.refunded

    @property
    def follow_rate(self) -> float:
        return self.new_fans / self.viewers if self.viewers else 0.0

    @property
    def refund_rate(self) -> float:
        """Of orders."""
        return self.refunds / self.orders if self.orders else 0.0

    @property
    def refund_share(self) -> float:
        """Of their value."""
        return self.refunded.minor / self.gmv.minor if self.gmv.minor else 0.0

    @property
    def fan_share(self) -> float:
        return self.fans / self.buyers if self.buyers else 0.0

    @property
    def repurchase(self) -> float:
        """Buyers who had bought from this host before."""
        return self.back / self.buyers if self.buyers else 0.0


def outcomes(lake: Snapshot, session: Session, host: UUID, now: datetime) -> Outcomes:
    """Count `session`, as far as is known at `now`. `host`: what facts call its creator."""
    opened, ended = session.opened_at or now, session.ended_at or now
    air, since = days_between(opened, ended), days_between(opened, min(now, ended + MATURED))
    viewers = {str(row["viewer"]) for row in _of(lake, "session.entered", air, "session", session.id) if row["viewer"]}
    visits = {str(row["viewer"] or row["visit"]) for row in _of(lake, "session.entered", air, "session", session.id)}
    placed = _of(
        lake, "line.placed", days_between(opened, min(now, ended + timedelta(days=1))), "session_id", session.id
    )
    paid = _paid(lake, since, placed)
    buyers = {str(row["buyer"]) for row in paid}
    worth = Counter[str]()
    for row in paid:
        worth[row["order_id"]] += goods_of(row)
    back = _given_back(lake, since, worth)
    money = market.current().money
    before = days_between(opened - BEFORE, opened)
    return Outcomes(
        len(visits), len(buyers), len(worth), money(sum(worth.values())),
        new_fans=len(_followers(lake, air, host, opened, ended) & viewers),
        fans=len(_followers(lake, before, host, opened - BEFORE, opened) & buyers),
        back=len(_bought_before(lake, before, host, opened) & buyers),
        refunds=len(back), refunded=money(sum(back.values())), week=money(_week(lake, session, viewers, now)),
    )  # fmt: skip


def _of(lake: Snapshot, kind: str, days: list[date], column: str, value: object) -> list[Row]:
    table = lake.read(kind, days)
    rows: list[Row] = table.filter(pc.equal(table[column], str(value))).to_pylist()
    return rows


def _paid(lake: Snapshot, days: list[date], lines: Iterable[Row]) -> list[Row]:
    """Those of the lines whose order was paid."""
    lines = list(lines)
    paid = set(_among(lake, "order.paid", days, {row["order_id"] for row in lines})["order_id"].to_pylist())
    return [row for row in lines if row["order_id"] in paid]


def _among(lake: Snapshot, kind: str, days: list[date], orders: Iterable[str]) -> pa.Table:
    table = lake.read(kind, days)
    return table.filter(pc.is_in(table["order_id"], pa.array(sorted(orders), pa.string())))


def _given_back(lake: Snapshot, days: list[date], worth: Mapping[str, int]) -> Counter[str]:
    """Of each order of which something went back, how much of its goods."""
    given = Counter[str]()
    for row in _among(lake, "refund.settled", days, worth).to_pylist():
        if row["outcome"] == "settled":
            given[row["order_id"]] += row["amount_minor"]
    for row in _among(lake, "order.cancelled", days, worth).to_pylist():
        if row["paid"]:
            given[row["order_id"]] += worth[row["order_id"]]
    return Counter({order: min(amount, worth[order]) for order, amount in given.items()})


def _followers(lake: Snapshot, days: list[date], host: UUID, since: datetime, until: datetime) -> set[str]:
    """Who began to follow the host in [since, until) and has not stopped by then."""
    moves = [*_of(lake, "follow.started", days, "target", host), *_of(lake, "follow.ended", days, "target", host)]
    follows: set[str] = set()
    for row in sorted(moves, key=lambda row: (row["occurred_at"], row["fact_id"])):
        if since <= row["occurred_at"] < until:
            (follows.discard if row["kind"] == "follow.ended" else follows.add)(row["follower"])
    return follows


def _bought_before(lake: Snapshot, days: list[date], host: UUID, opened: datetime) -> set[str]:
    lines = [row for row in _of(lake, "line.placed", days, "creator", host) if row["occurred_at"] < opened]
    return {str(row["buyer"]) for row in _paid(lake, days, lines)}


def _week(lake: Snapshot, session: Session, viewers: set[str], now: datetime) -> int:
    """What viewers paid for in the days after, whatever they came from."""
    if session.ended_at is None:
        return 0
    until = min(now, session.ended_at + AFTER)
    table = lake.read("line.placed", days_between(session.ended_at, until))
    lines = table.filter(pc.is_in(table["buyer"], pa.array(sorted(viewers), pa.string()))).to_pylist()
    later = [
        row for row in lines if session.ended_at <= row["occurred_at"] < until and row["session_id"] != str(session.id)
    ]
    return sum(map(goods_of, _paid(lake, days_between(session.ended_at, min(now, until + AFTER)), later)))
