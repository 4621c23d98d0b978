"""What places put on pages of others."""

from laotie.kit.slots import bind
from laotie.people.accounts import actions as accounts
from laotie.places.media import parts as media_parts
from laotie.places.shelf import slots as shelf_slots


def bind_places() -> None:
    for part in media_parts.PARTS:
        accounts.hold_personal_data(part)
    bind("header.search", shelf_slots.suggestions)
    bind("saved.products", shelf_slots.saved_products)
