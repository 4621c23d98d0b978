"""From a room to a paid deal: a creator goes on air, a follower is shown the room with the reason, and buys from it."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from laotie.kit import clock
from laotie.kit.money import Money
from laotie.kit.origin import Origin
from laotie.lab.walk import market
from laotie.lab.walk.cast import Cast
from laotie.lab.walk.contracts import Astray, Figure, Station
from laotie.people.accounts.queries import pseudonym
from laotie.people.addresses import queries as addresses
from laotie.people.follows import actions as follows
from laotie.places.rooms import actions as rooms
from laotie.places.rooms.contracts import Card, Session
from laotie.places.shelf import queries as shelf
from laotie.places.shelf.contracts import Asker, Ordered, Slot, SlotKind, View
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries
from laotie.trade.orders.contracts import Order, Wanted
from laotie.traffic.feed import queries as feed

ON_AIR = timedelta(hours=10)  # after the walk begins: an evening's room
PAGES = 8  # of the feed that the follower looks through


def opened(cast: Cast, words: Mapping[str, str]) -> tuple[Station, Session, Card]:
    """The creator plans a session, puts one thing on a card, says a drawback, and goes on air."""
    with clock.travel(market.BEGIN + ON_AIR):
        session = rooms.plan(cast.creator, words["title"], clock.now() + timedelta(minutes=5))
        card = rooms.add_card(cast.creator, session.id, cast.offer.id, words["drawback"])
        session = rooms.open_room(cast.creator, session.id)
    figures = {
        "state": session.state.value,
        "price on the card": str(card.price),
        "commission": f"{card.commission_bp / 100:.0f} %",
        "its drawback": card.drawback,
    }
    return Station("room", "A creator opens a room with a card of the shop's offer", figures), session, card


def seen(cast: Cast, session: Session) -> tuple[Station, UUID]:
    """A buyer who follows the creator finds the room in the feed, with the reason that was recorded."""
    with clock.travel(market.BEGIN + ON_AIR + timedelta(minutes=10)):
        follows.follow(cast.buyer, "creator", cast.creator)
        ordered, slot = _found(cast, session)
        record = feed.record_for(pseudonym(cast.buyer), ordered.decision, slot.position)
    parts = record.fact.parts_of(slot.position)
    if not parts.get("lift.following", 0) > 0:
        raise Astray("feed", "the record does not say that the buyer follows the host")
    figures: dict[str, Figure] = {
        "kind": record.fact.kinds[slot.position],
        "proposed by": record.fact.sources[slot.position],
        "value": round(sum(parts.values()), 4),
        "of it because the buyer follows": round(parts["lift.following"], 4),
    }
    return Station("feed", "A buyer who follows the creator is shown the room, and why", figures), ordered.decision


def _found(cast: Cast, session: Session) -> tuple[Ordered, Slot]:
    asker, thread = Asker(cast.buyer, pseudonym(cast.buyer)), ""
    for page in range(1, PAGES + 1):
        ordered = shelf.home_order(asker, View.FOR_YOU, page, 24, thread)
        thread = thread or ordered.thread
        for slot in ordered.slots:
            if slot.kind is SlotKind.SESSION and slot.item == session.id:
                return ordered, slot
    raise Astray("feed", "the room is not in the feed of one who follows its host")


def bought(cast: Cast, session: Session, card: Card, decision: UUID) -> tuple[Station, Order]:
    """The buyer buys from the card; the line says where it came from, and what the creator is owed."""
    origin = Origin("session", session.id, card.id, None, cast.creator, decision)
    with clock.travel(market.BEGIN + ON_AIR + timedelta(minutes=12)):
        address = addresses.addresses(cast.buyer)[0]
        placed = orders.place(cast.buyer, [Wanted(cast.offer.id, 1, card.price, origin)], address.id, "walk")
        orders.pay(placed.checkout_id, placed.total)
        order = queries.order_for(cast.buyer, placed.order_ids[0])
        rooms.end(cast.creator, session.id)
    line = order.lines[0]
    if (line.creator_id, line.origin.get("card")) != (cast.creator, str(card.id)):
        raise Astray("deal", "the line does not say that it came from the card")
    owed = Money(line.goods.minor * line.commission_bp // 10_000, line.goods.currency)
    figures = {"paid": str(order.paid), "bought in": line.origin["entry"], "owed to the creator": str(owed)}
    return Station("deal", "The buyer buys from the card without leaving the room", figures), order
