"""Sources: who proposes candidates. Each is one small module with a `propose`; the order names their bits.

Those that everybody shares are asked once in a few seconds; those of a person at every request.
"""

from collections.abc import Callable

from laotie.places.search.contracts import Columns
from laotie.traffic.feed.contracts import Asking, Manner
from laotie.traffic.feed.sources import accident, category, followed, fresh, newcomers, popular, rooms
from laotie.traffic.feed.stages.types import PRODUCT, SESSION, Person, Proposal

Shared = Callable[[Asking], Columns]
Personal = Callable[[Asking, Person], Columns]
NAMES = ("follows", "popular", "fresh", "category", "rooms", "newcomers", "random")
PERSONAL: dict[str, Personal] = {"follows": followed.propose}
SHARED: dict[str, Shared] = {
    "popular": popular.propose,
    "fresh": fresh.propose,
    "category": category.propose,
    "rooms": rooms.propose,
    "newcomers": newcomers.propose,
    "random": accident.propose,
}
OF: dict[Manner, tuple[str, ...]] = {
    Manner.FOR_YOU: NAMES,
    Manner.FOLLOWING: ("follows",),
    Manner.NEWEST: ("fresh",),
    Manner.CATEGORY: ("popular",),  # all of it, but for the largest; whatever comes after follows in this order
}


def bit(name: str) -> int:
    """The number of the source's bit."""
    return NAMES.index(name)


def shared(asking: Asking) -> list[Proposal]:
    """What the sources that do not look at the person propose."""
    return [
        Proposal(bit(name), SHARED[name](asking), SESSION if name == "rooms" else PRODUCT)
        for name in OF[asking.manner]
        if name in SHARED
    ]


def personal(asking: Asking, person: Person) -> list[Proposal]:
    """What the others propose."""
    names = [name for name in OF[asking.manner] if name in PERSONAL]
    return [Proposal(bit(name), PERSONAL[name](asking, person)) for name in names]


def names_of(bits: int) -> str:
    """The sources of a candidate, joined by +."""
    return "+".join(name for number, name in enumerate(NAMES) if bits >> number & 1)
