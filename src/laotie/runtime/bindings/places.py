"""What places put on pages of others."""

from laotie.kit.slots import bind
from laotie.places.shelf import slots as shelf_slots


def bind_places() -> None:
    bind("header.search", shelf_slots.suggestions)
    bind("saved.products", shelf_slots.saved_products)
