"""The shelf's port, filled: home and categories in the order that the feed decides."""

from uuid import UUID

from laotie.kit.ids import new_id
from laotie.kit.pages.addresses import before
from laotie.places.search import queries as search
from laotie.places.search.contracts import Ask
from laotie.places.shelf.contracts import Asker, Ordered, Ordering, Slot, SlotKind, View
from laotie.traffic.feed import pipeline
from laotie.traffic.feed.contracts import Asking, Chosen, Decision, Manner

NOTHING = UUID(int=0)
MANNERS = {View.FOR_YOU: Manner.FOR_YOU, View.FOLLOWING: Manner.FOLLOWING, View.NEWEST: Manner.NEWEST}


class ByTheFeed(Ordering):
    """Every page is one recorded decision."""

    def home(self, asker: Asker, view: View, page: int, size: int, thread: str = "") -> Ordered:
        asking = Asking(MANNERS[view], asker.account, asker.viewer, page=page, size=size, thread=thread)
        return _ordered(pipeline.decide(asking))

    def within(self, asker: Asker, ask: Ask, thread: str = "") -> Ordered:
        asking = Asking(
            Manner.CATEGORY, asker.account, asker.viewer, ask.filters, ask.page, ask.size, thread
        )  # fmt: skip
        decision = pipeline.decide(asking)
        return _ordered(decision) if decision.slots else _beyond(ask)


def _ordered(decision: Decision) -> Ordered:
    slots = tuple(_slot(decision, chosen) for chosen in decision.slots)
    return Ordered(decision.id, slots, decision.thread)


def _slot(decision: Decision, chosen: Chosen) -> Slot:
    why = f"{before('feed:why', NOTHING, 0)}{decision.id}/{chosen.position}"
    return Slot(chosen.item, chosen.position, why, SlotKind(chosen.kind))


def _beyond(ask: Ask) -> Ordered:
    """What comes after all candidates, as the index orders it: nobody decided about that."""
    found = search.page(ask)
    return Ordered(new_id(), tuple(Slot(item, position) for position, item in enumerate(found)))
