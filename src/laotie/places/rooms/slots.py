"""What rooms put on other pages: the way to one's own rooms, what is on air and what is to come."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.goods.catalogue.contracts import Product
from laotie.kit import clock
from laotie.kit.memory import ShortMemory
from laotie.people.creators.contracts import Creator
from laotie.places.rooms import queries
from laotie.places.rooms.contracts import CardReplay, Session
from laotie.places.rooms.metrics import Figures, figures
from laotie.stream import recorder
from laotie.stream.lake.queries import Snapshot, snapshot
from laotie.stream.lake.store import LocalStore

_figures: ShortMemory[UUID, Figures] = ShortMemory(200)
_front: ShortMemory[str, dict[str, Any]] = ShortMemory(1)
_replays: ShortMemory[UUID, list[CardReplay]] = ShortMemory(5000, ages=20)  # cut once, then never changed


def open_a_room(request: HttpRequest, creator: Creator, **_more: Any) -> str:
    """On a creator's own page: the way to the rooms."""
    return render_to_string("rooms/parts/open.html", {"creator": creator}, request)


def of_creator(request: HttpRequest, creator: Creator | None = None, **_more: Any) -> str:
    """On a creator's public page: on air now, the schedule, the past."""
    if creator is None:
        return ""
    now = [room for room in queries.on_air() if room.creator_id == creator.account_id]
    context = {"on_air": now, "announced": queries.announced(creator.account_id, 5), "past": _past(creator.account_id)}
    return render_to_string("rooms/parts/of_creator.html", context, request) if any(context.values()) else ""


def _past(creator_id: UUID) -> list[Any]:
    return queries.past(creator_id, 6)


def metrics_of(request: HttpRequest, session: Session, **_more: Any) -> str:
    """The figures of a session, on its report and at its host's desk; counted anew at most every three seconds."""
    counted = _figures.get(session.id, lambda: figures(lake(), session, clock.now()))
    return render_to_string("rooms/parts/metrics.html", {"figures": counted, "session": session}, request)


def lake() -> Snapshot:
    """The lake of this market as it is now."""
    return snapshot(LocalStore(recorder.folder()))


def front(request: HttpRequest, **_more: Any) -> str:
    """On the market's first page: who is on air, and what comes next."""
    context = _front.get("", lambda: {"on_air": queries.on_air()[:8], "announced": queries.announced(most=4)})
    return render_to_string("rooms/parts/front.html", context, request) if any(context.values()) else ""


def of_product(request: HttpRequest, product: Product, **_more: Any) -> str:
    """On a product's page: what hosts said of it on air."""
    found = _replays.get(product.id, lambda: queries.replays_of(product.id))
    return render_to_string("rooms/parts/of_product.html", {"replays": found}, request) if found else ""
