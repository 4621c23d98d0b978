"""Live rooms and what others put into them: the till, the money, the buyers who come back, the trust of a card."""

from collections.abc import Collection, Mapping
from uuid import UUID

from laotie.kit.slots import bind
from laotie.people.accounts import actions as accounts
from laotie.people.accounts.contracts import PersonalData
from laotie.places.rooms import actions as rooms
from laotie.places.rooms import queries, regulars
from laotie.places.rooms import slots as room_slots
from laotie.places.rooms.regulars import Book, Bought
from laotie.trade.carts import till_pages
from laotie.trade.orders import selling
from laotie.trade.orders import slots as order_slots
from laotie.trade.payments import slots as payment_slots
from laotie.trust.scores import slots as score_slots


class Orders(Book):
    """Who bought before, as the orders know it."""

    def bought(self, creator_id: UUID, account_ids: Collection[UUID]) -> Mapping[UUID, Bought]:
        found = selling.bought_from(creator_id, account_ids)
        return {who: Bought(one.times, one.worth, one.last_title, one.last_at) for who, one in found.items()}


def bind_rooms() -> None:
    accounts.hold_personal_data(PersonalData("rooms", _said, rooms.forget))
    regulars.bind(Orders())
    bind("card.trust", score_slots.product_score)
    bind("creator.below", room_slots.of_creator)
    bind("creator.mine", room_slots.open_a_room)
    bind("home.below_hero", room_slots.front)
    bind("product.below", room_slots.of_product)
    bind("room.checkout", till_pages.in_room)
    bind("room.figures", order_slots.room_figures)
    bind("room.figures", room_slots.metrics_of)
    bind("room.metrics", room_slots.metrics_of)
    bind("room.money", order_slots.room_money)
    bind("till.payment", payment_slots.pay_here)


def _said(account_id: UUID) -> list[dict[str, str]]:
    """A person's lines, for an export."""
    return [
        {"session": str(line.session_id), "words": line.words, "at": line.at.isoformat()}
        for line in queries.said_by(account_id)
    ]
