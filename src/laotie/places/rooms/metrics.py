"""The figures of a session, counted from the lake: on air as after it, by minute, by card, by source of entry.

What happened is read as facts, those of the deal included, so no table of another room is needed and the same count
can be made again by anybody who has the lake. PV counts pages opened, UV people: a viewer who is signed in by
pseudonym, another by the visit.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pyarrow.compute as pc

from laotie.kit import market
from laotie.kit.money import Money
from laotie.places.rooms.contracts import Session
from laotie.stream.lake.queries import Snapshot

BEHAVIOUR = ("session.entered", "session.watched", "session.left", "session.liked", "card.shown", "card.opened")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ByMinute:
    """Minute counted from the opening: people there for the whole of it, lines said, orders paid."""

    minute: int
    online: int
    lines: int
    orders: int
    gmv: Money


@dataclass(frozen=True, slots=True)
class ByCard:
    """UV whom the card was shown to, and who opened its till; orders paid."""

    card: UUID
    shown: int
    opened: int
    orders: int
    gmv: Money


@dataclass(frozen=True, slots=True)
class BySource:
    """How viewers came in: PV and UV, and what they bought."""

    entry: str
    views: int
    viewers: int
    buyers: int
    gmv: Money


@dataclass(frozen=True, slots=True)
class Figures:
    """A session's figures. Shares are of viewers (UV), watch is seconds a visit; money is of paid goods."""

    views: int
    viewers: int
    most_online: int
    mean_online: float
    mean_watch: float
    interacted: int
    card_shown: int
    card_opened: int
    card_paid: int
    buyers: int
    orders: int
    gmv: Money
    minutes: tuple[ByMinute, ...]
    cards: tuple[ByCard, ...]
    sources: tuple[BySource, ...]

    @property
    def gpm(self) -> Money:
        """GMV for a thousand views."""
        return self._over(self.gmv.minor * 1000, self.views)

    @property
    def uv_value(self) -> Money:
        return self._over(self.gmv.minor, self.viewers)

    @property
    def order_value(self) -> Money:
        return self._over(self.gmv.minor, self.orders)

    @property
    def interaction(self) -> float:
        return _share(self.interacted, self.viewers)

    @property
    def conversion(self) -> float:
        """Viewers who paid."""
        return _share(self.buyers, self.viewers)

    @property
    def click_to_pay(self) -> float:
        """Of those who opened a till, who paid."""
        return _share(self.card_paid, self.card_opened)

    @property
    def click_rate(self) -> float:
        """Of those a card was shown to, who opened a till."""
        return _share(self.card_opened, self.card_shown)

    def _over(self, minor: int, count: int) -> Money:
        return market.current().money(minor // count if count else 0)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def figures(lake: Snapshot, session: Session, now: datetime) -> Figures:
    """Count `session`, up to `now` while it is on air."""
    facts = _Facts(lake, session, now)
    visits = {row["visit"]: row for row in facts["session.entered"]}
    people = {visit: str(row["viewer"] or visit) for visit, row in visits.items()}
    online = _online(facts["session.watched"], session)
    liked, spoke = facts["session.liked"], facts["chat.said"]
    acted = {_who(row) for row in liked} | {str(row["author"]) for row in spoke if row["role"] == "viewer"}
    shown, opened = _people_by(facts["card.shown"]), _people_by(facts["card.opened"])
    paid = facts.paid()
    money = market.current().money
    return Figures(
        views=len(visits), viewers=len(set(people.values())),
        most_online=max(online.values(), default=0), mean_online=_share(sum(online.values()), len(online)),
        mean_watch=_share(sum(_watched(facts).values()), len(visits)), interacted=len(acted),
        card_shown=len(set().union(*shown.values())), card_opened=len(set().union(*opened.values())),
        card_paid=len(set().union(*opened.values()) & {str(row["buyer"]) for row in paid}),
        buyers=len({row["buyer"] for row in paid}), orders=len({row["order_id"] for row in paid}),
        gmv=money(sum(map(goods_of, paid))), minutes=_minutes(session, online, spoke, paid),
        cards=_cards(shown, opened, paid), sources=_sources(visits, people, paid),
    )  # fmt: skip


class _Facts:
    """The facts of one session by kind, each read once."""

    def __init__(self, lake: Snapshot, session: Session, now: datetime) -> None:
        self.lake, self.session = lake, session
        first = (session.opened_at or now) - timedelta(hours=1)
        last = min(now, (session.ended_at or now) + timedelta(days=1))
        self.days = days_between(first, last)
        self._read: dict[str, list[Row]] = {}

    def __getitem__(self, kind: str) -> list[Row]:
        if kind not in self._read:
            column = "session_id" if kind == "line.placed" else "session"
            table = self.lake.read(kind, self.days)
            self._read[kind] = table.filter(pc.equal(table[column], str(self.session.id))).to_pylist()
        return self._read[kind]

    def paid(self) -> list[Row]:
        """Order lines of the session whose order was paid, with when."""
        placed = self["line.placed"]
        if not placed:
            return []
        table = self.lake.read("order.paid", self.days)
        wanted = {row["order_id"] for row in placed}
        at = dict(zip(table["order_id"].to_pylist(), table["occurred_at"].to_pylist(), strict=True))
        return [row | {"paid_at": at[row["order_id"]]} for row in placed if row["order_id"] in wanted & at.keys()]


def days_between(first: datetime, last: datetime) -> list[date]:
    """The market days that these moments lie in and between."""
    day, until, days = market.current().day(first), market.current().day(last), []
    while day <= until:
        days.append(day)
        day += timedelta(days=1)
    return days


def _who(row: Row) -> str:
    return str(row["viewer"] or row["visit"])


def goods_of(row: Row) -> int:
    """What a line cost, less its coupon."""
    return int(row["unit_price_minor"] * row["quantity"] - row["discount_minor"])


def _people_by(rows: Iterable[Row]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["card"]].add(_who(row))
    return found


def _watched(facts: _Facts) -> dict[str, int]:
    """Seconds by visit: what the browser said when it left, else the minutes it was there for."""
    seconds = Counter(
        {visit: 60 * count for visit, count in Counter(r["visit"] for r in facts["session.watched"]).items()}
    )
    seconds.update({row["visit"]: 0 for row in facts["session.entered"]})
    return dict(seconds) | {row["visit"]: row["seconds"] for row in facts["session.left"]}


def _online(watched: Iterable[Row], session: Session) -> Counter[int]:
    """People there for the whole of a minute of the session."""
    there: dict[int, set[str]] = defaultdict(set)
    for row in watched:
        there[_minute(session, row["occurred_at"]) - 1].add(_who(row))
    return Counter({minute: len(people) for minute, people in there.items() if minute >= 0})


def _minute(session: Session, at: datetime) -> int:
    return int((at - (session.opened_at or at)).total_seconds() // 60)


def _minutes(session: Session, online: Counter[int], spoke: list[Row], paid: list[Row]) -> tuple[ByMinute, ...]:
    lines = Counter(_minute(session, row["occurred_at"]) for row in spoke)
    bought = _sums(paid, lambda row: _minute(session, row["paid_at"]))
    last = max([*online, *lines, *bought], default=-1)
    money = market.current().money
    return tuple(
        ByMinute(minute, online[minute], lines[minute], *_told(bought.get(minute, []), money))
        for minute in range(last + 1)
    )


def _sums(paid: list[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in paid:
        found[key(row)].append(row)
    return found


def _told(rows: list[Row], money: Callable[[int], Money]) -> tuple[int, Money]:
    return len({row["order_id"] for row in rows}), money(sum(map(goods_of, rows)))


def _cards(shown: dict[str, set[str]], opened: dict[str, set[str]], paid: list[Row]) -> tuple[ByCard, ...]:
    bought = _sums(paid, lambda row: row["card_id"])
    money = market.current().money
    ids = sorted({*shown, *opened, *filter(None, bought)})
    return tuple(
        ByCard(UUID(card), len(shown.get(card, ())), len(opened.get(card, ())), *_told(bought.get(card, []), money))
        for card in ids
    )


def _sources(visits: Mapping[str, Row], people: Mapping[str, str], paid: list[Row]) -> tuple[BySource, ...]:
    """A buyer's orders count where he first came in from."""
    money = market.current().money
    came: dict[str, str] = {}
    for visit, row in sorted(visits.items(), key=lambda item: item[1]["occurred_at"]):
        came.setdefault(people[visit], row["entry"])
    views = Counter(row["entry"] for row in visits.values())
    bought = _sums(paid, lambda row: came.get(str(row["buyer"]), "direct"))
    return tuple(
        BySource(entry, views[entry], sum(1 for first in came.values() if first == entry),
                 len({row["buyer"] for row in bought.get(entry, [])}), _told(bought.get(entry, []), money)[1])
        for entry in sorted({*views, *bought}, key=lambda entry: (-views[entry], entry))
    )  # fmt: skip
