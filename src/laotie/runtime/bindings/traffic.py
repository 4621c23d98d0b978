"""Who orders the shelf, what traffic puts on pages, and what it holds of a person."""

from laotie.kit.slots import bind
from laotie.people.accounts import actions as accounts
from laotie.places.shelf import ordering
from laotie.traffic import parts
from laotie.traffic.feed import slots as feed_slots
from laotie.traffic.feed.ordering import ByTheFeed


def bind_traffic() -> None:
    for part in parts.PARTS:
        accounts.hold_personal_data(part)
    ordering.use(ByTheFeed())
    bind("me.links", feed_slots.my_feed)
    bind("shop.follow", feed_slots.hide_button)
