"""What rooms put on other pages: the way to one's own rooms, what is on air and what is to come."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from laotie.goods.catalogue.contracts import Product
from laotie.kit import clock
from laotie.kit.memory import ShortMemory
from laotie.people.accounts import queries as accounts
from laotie.people.creators.contracts import Creator
from laotie.people.merchants.contracts import Shop
from laotie.places.rooms import queries, views
from laotie.places.rooms.arriving import arriving
from laotie.places.rooms.contracts import CardReplay, OnAir, Planned, Session, State
from laotie.places.rooms.metrics import Figures, figures
from laotie.places.rooms.outcomes import Outcomes, outcomes
from laotie.stream import recorder
from laotie.stream.beacons.source import all_told
from laotie.stream.lake.queries import Snapshot, snapshot
from laotie.stream.lake.store import LocalStore


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a session, what its cards are called, and whether more facts of it are on their way."""

    figures: Figures
    titles: dict[UUID, str]
    arriving: bool


_counted: ShortMemory[tuple[UUID, State], Counted] = ShortMemory(200)
_outcomes: ShortMemory[UUID, Outcomes] = ShortMemory(200, ages=20)  # read far and wide, and it moves by the day
_shops: ShortMemory[UUID, tuple[list[OnAir], list[Planned], list[Session]]] = ShortMemory(1000)
_front: ShortMemory[str, dict[str, Any]] = ShortMemory(1)
_replays: ShortMemory[UUID, list[CardReplay]] = ShortMemory(5000, ages=5)  # cut once, then never changed
_replayed: ShortMemory[str, frozenset[UUID]] = ShortMemory(1)


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


def of_shop(request: HttpRequest, shop: Shop, **_more: Any) -> str:
    """On a shop's page: where its goods are shown live, will be, and were."""
    on_air, announced, past = _shops.get(shop.id, lambda: queries.shown_for(shop.id))
    context = {"on_air": on_air, "announced": announced, "past": past}
    return render_to_string("rooms/parts/of_creator.html", context, request) if any(context.values()) else ""


def _past(creator_id: UUID) -> list[Any]:
    return queries.past(creator_id, 6)


def metrics_of(request: HttpRequest, session: Session, **_more: Any) -> str:
    """The figures of a session, on its report and at its host's desk; counted anew at most every three seconds."""
    counted = _remembered(session)
    context = {"figures": counted.figures, "session": session, "titles": counted.titles}
    return render_to_string("rooms/parts/metrics.html", context, request)


def is_arriving(session: Session) -> bool:
    """Whether these figures are not yet all."""
    return _remembered(session).arriving


def outcomes_of(request: HttpRequest, session: Session, **_more: Any) -> str:
    """On a session's report: fans, repeat buyers, what went back, the week after. Nothing while its figures arrive."""
    if is_arriving(session):
        return ""
    host = accounts.pseudonym(session.creator_id)
    counted = _outcomes.get(session.id, lambda: outcomes(lake(), session, host, clock.now()))
    return render_to_string("rooms/parts/outcomes.html", {"outcomes": counted}, request)


def _remembered(session: Session) -> Counted:
    """What was counted before the end says that nothing is on its way any more, so it is forgotten with the end."""
    return _counted.get((session.id, session.state), lambda: _count(session))


def _count(session: Session) -> Counted:
    titles = {shown.card.id: shown.title for shown in views.shown(queries.cards_ever(session.id))}
    seen, now = lake(), clock.now()
    return Counted(figures(seen, session, now), titles, arriving(seen, session, now, all_told))


def lake() -> Snapshot:
    """The lake of this market as it is now."""
    return snapshot(LocalStore(recorder.folder()))


def front(request: HttpRequest, **_more: Any) -> str:
    """On the market's first page: who is on air, and what comes next."""
    context = _front.get("", lambda: {"on_air": queries.on_air()[:8], "announced": queries.announced(most=4)})
    return render_to_string("rooms/parts/front.html", context, request) if any(context.values()) else ""


def of_product(request: HttpRequest, product: Product, **_more: Any) -> str:
    """On a product's page: what hosts said of it on air."""
    if product.id not in _replayed.get("", queries.replayed):
        return ""
    found = _replays.get(product.id, lambda: queries.replays_of(product.id))
    return render_to_string("rooms/parts/of_product.html", {"replays": found}, request) if found else ""
