"""What scores are made of beside deals: answers, after-sales, stock, prices, exposures, visits, votes.

Each table is optional; where a market has none, its metrics are absent and their weight goes to the others. Each
becomes observations: (entity, day, n, a, b), whole numbers that are added up by day. A day may be a time in it, by
which an engine finds it among the files of a history.

    rate     n observed, a counted
    time     n cases, a the sum and b the sum of squares of steps on a scale of quarter octaves of minutes
    amount   n deals, a what they brought (minor units), b exposures
    table    one row an entity: points (0 … 1) and n, on how much they rest

What is observed on a day rests on facts that happened on that day or before it, `RETOLD` excepted: ledgers count on it.
"""

from dataclasses import dataclass

import ibis
from ibis import _
from ibis.expr.types import Column, Table

STEPS = tuple(sorted({round(2 ** (k / 4)) for k in range(80)}))  # minutes; up to a year and a half
STEP = 0.25  # octaves
ANSWER = 86_400  # seconds after which a question counts as never answered, and is judged
SETTLED = 600  # seconds in which a buyer who was answered need not ask again
BACK = 7  # days in which a viewer returns
JUMP = 1.1  # a rise by more is a jump
RETOLD = ("out_of_stock", "price", "information")  # told of the market as it stands; of all else days stay as they are


@dataclass(frozen=True, slots=True)
class Sides:
    """Every table is optional; times are wall clock.

    products: product_id, shop_id, category_id · shops: shop_id · creators: creator_id: everybody who is to be scored,
    with deals or without · categories: category_id, parent_id
    asked: talk_id, shop_id, at · answered: talk_id, shop_id, asked_at, at, robot (0/1) ·
    cases: case_id, shop_id, product_id, asked_at, at, platform (0/1: closed by it), lost (0/1: for the buyer) ·
    prices: offer_id, shop_id, at, price · stocked: product_id, day, days, out (offers × days on sale, without stock) ·
    exposures: product_id, day (or the time), shown · price_index, information: product_id, points (0 … 1), n ·
    cards: creator_id, at, points (0 … 1, frozen) · visits: creator_id, viewer, at, bought (0/1) ·
    reports: creator_id, at · votes: creator_id, at, false_claim (0/1) · room_questions: creator_id, at, answered (0/1)
    violations: kind, entity, at (judged), points (off the total), rule, held (0/1: an appeal runs)
    """

    products: Table | None = None
    shops: Table | None = None
    creators: Table | None = None
    categories: Table | None = None
    asked: Table | None = None
    answered: Table | None = None
    cases: Table | None = None
    prices: Table | None = None
    stocked: Table | None = None
    exposures: Table | None = None
    price_index: Table | None = None
    information: Table | None = None
    cards: Table | None = None
    visits: Table | None = None
    reports: Table | None = None
    votes: Table | None = None
    room_questions: Table | None = None
    violations: Table | None = None


def linking(sides: Sides) -> tuple[str, ...]:
    """The kinds whose scores read which products they sold: shops, and creators where prices are compared."""
    return ("shop", "creator") if sides.price_index is not None else ("shop",)


def observations(sides: Sides) -> dict[tuple[str, str], Table]:
    """(kind, metric) → entity, day, n, a, b; only those of which the market keeps facts."""
    found: dict[tuple[str, str], Table] = {}
    if sides.asked is not None and sides.answered is not None:
        found |= _answers(sides.asked, sides.answered)
    if sides.cases is not None:
        found |= _cases(sides.cases)
    if sides.prices is not None:
        found["shop", "price_jumps"] = _price_jumps(sides.prices)
    if sides.stocked is not None:
        found["product", "out_of_stock"] = sides.stocked.select(
            entity="product_id", day="day", n=_.days.cast("int64"), a=_.out.cast("int64"), b=ibis.literal(0, "int64")
        )
    if sides.exposures is not None:
        zero = ibis.literal(0, "int64")
        found["product", "net_value"] = sides.exposures.select(
            entity="product_id", day="day", n=zero, a=zero, b=_.shown.cast("int64")
        )
    return found | _tables(sides) | _rooms(sides)


def _tables(sides: Sides) -> dict[tuple[str, str], Table]:
    """Points that were judged elsewhere, in ten-thousandths; those of the day itself have no day."""
    found: dict[tuple[str, str], Table] = {}
    none = ibis.literal(0, "int64")
    for metric in ("price", "information"):
        table = sides.price_index if metric == "price" else sides.information
        if table is not None:
            known = table.filter(table.points.notnull() & (table.n > 0))
            a = (known.points * 10_000).round().cast("int64") * known.n.cast("int64")
            found["product", metric] = known.select(
                entity="product_id", day=ibis.null("date"), n=known.n.cast("int64"), a=a, b=none
            )
    if sides.cards is not None:
        cards = sides.cards
        a = (cards.points * 10_000).round().cast("int64")
        found["creator", "carded_score"] = cards.select(
            entity="creator_id", day="at", n=ibis.literal(1, "int64"), a=a, b=none
        )
    return found


def _answers(asked: Table, answered: Table) -> dict[tuple[str, str], Table]:
    """A question is judged a day after it was asked: how long it waited, and whether the answer was enough."""
    people = answered.filter(_.robot == 0)
    first = people.group_by("talk_id", "asked_at").aggregate(answered_at=people["at"].min())
    waited = asked.left_join(first, [asked.talk_id == first.talk_id, asked["at"] == first.asked_at]).select(
        asked.talk_id, asked.shop_id, first.answered_at, asked_at=asked["at"]
    )
    again = asked.select("talk_id", next_at="at")
    near = [
        waited.talk_id == again.talk_id,
        again.next_at > waited.answered_at,
        again.next_at <= waited.answered_at + ibis.interval(seconds=SETTLED),
    ]
    settled = waited.anti_join(again, near)
    seconds = settled.answered_at.epoch_seconds() - settled.asked_at.epoch_seconds()
    quick = settled.filter(settled.answered_at.notnull()).select("talk_id", "asked_at", waited=seconds)
    judged = waited.left_join(quick, ["talk_id", "asked_at"]).select(
        entity=_.shop_id, day=(_.asked_at + ibis.interval(seconds=ANSWER)).date(), waited=_.waited
    )

    def slow(limit: int) -> Table:
        return _rate(judged, "entity", judged.day, judged.waited.isnull() | (judged.waited > limit))

    return {("shop", "slow_3s"): slow(3), ("shop", "slow_3min"): slow(180)}


def _cases(cases: Table) -> dict[tuple[str, str], Table]:
    minutes = (cases["at"].epoch_seconds() - cases.asked_at.epoch_seconds()) // 60
    day, platform = cases["at"], cases.platform == 1
    bounds = ibis.literal(list(STEPS), "array<int64>")
    step = bounds.filter(lambda bound: bound <= minutes).length().cast("int64")
    timed = cases.select(entity="shop_id", day="at", n=ibis.literal(1, "int64"), a=step, b=step * step)
    return {
        ("shop", "close_time"): timed,
        ("shop", "platform_closed"): _rate(cases, "shop_id", day, platform),
        ("product", "platform_closed"): _rate(cases, "product_id", day, platform),
        ("shop", "disputes_lost"): _rate(cases, "shop_id", day, platform & (cases.lost == 1)),
    }


def _price_jumps(prices: Table) -> Table:
    before = prices.price.lag().over(group_by=prices.offer_id, order_by=prices["at"])
    moved = prices.mutate(before=before).filter(_.before.notnull() & (_.before != _.price))
    return _rate(moved, "shop_id", moved["at"], moved.price * 10 > moved.before * round(JUMP * 10))


def _rooms(sides: Sides) -> dict[tuple[str, str], Table]:
    found: dict[tuple[str, str], Table] = {}
    if sides.visits is not None:
        found |= _visits(sides.visits, sides.reports)
    if sides.votes is not None:
        votes = sides.votes
        found["creator", "votes_false"] = _rate(votes, "creator_id", votes["at"], votes.false_claim == 1)
    if sides.room_questions is not None:
        asked = sides.room_questions
        found["creator", "unanswered"] = _rate(asked, "creator_id", asked["at"], asked.answered == 0)
    return found


def _visits(visits: Table, reports: Table | None) -> dict[tuple[str, str], Table]:
    """One viewer with one creator on one day is one visit; whether they come back is known seven days later."""
    days = visits.group_by(creator_id=visits.creator_id, viewer=visits.viewer, day=visits["at"].date()).aggregate(
        bought=visits.bought.max()
    )
    following = days.day.lead().over(group_by=[days.creator_id, days.viewer], order_by=days.day)
    came = days.mutate(back=(following <= days.day + ibis.interval(days=BACK)).fill_null(False))
    known = (came.day + ibis.interval(days=BACK)).cast("date")
    found = {
        ("creator", "conversion"): _rate(days, "creator_id", days.day, days.bought == 1),
        ("creator", "returns"): _rate(came, "creator_id", known, came.back),
    }
    if reports is not None:
        visited = _rate(days, "creator_id", days.day, ibis.literal(False))
        one, none = ibis.literal(1, "int64"), ibis.literal(0, "int64")
        told = reports.select(entity="creator_id", day=reports["at"].date(), n=none, a=one, b=none)
        found["creator", "reports"] = visited.union(told)
    return found


def _rate(table: Table, entity: str, day: Column, counted: Column) -> Table:
    one, none = ibis.literal(1, "int64"), ibis.literal(0, "int64")
    return table.select(entity=table[entity], day=day, n=one, a=counted.cast("int64"), b=none)
