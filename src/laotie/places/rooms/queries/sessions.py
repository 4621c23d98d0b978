"""Sessions: one, and lists of what is on air, to come and over."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, QuerySet

from laotie.kit import clock
from laotie.people.accounts import queries as accounts
from laotie.places.rooms import views
from laotie.places.rooms.contracts import OnAir, Planned, Session, State
from laotie.places.rooms.errors import NoSuchSession
from laotie.places.rooms.models import CardRow, PulseRow, SessionRow
from laotie.places.rooms.queries.carding import present

MOST_ON_AIR = 200


def session(session_id: UUID) -> Session:
    """A session, for slices that already know who asks. Raises NoSuchSession."""
    row = SessionRow.objects.filter(pk=session_id).first()
    if row is None:
        raise NoSuchSession
    return views.session(row)


def sessions_of(creator_id: UUID, most: int = 50) -> list[Session]:
    """A creator's sessions in any state, the newest first."""
    rows = SessionRow.objects.filter(creator_id=creator_id).order_by("-planned_at", "-pk")[:most]
    return [views.session(row) for row in rows]


def on_air() -> tuple[OnAir, ...]:
    """What can be watched now, most viewers first. At most 200, in three statements."""
    rows = list(SessionRow.objects.filter(state=State.ON_AIR).order_by("-opened_at")[:MOST_ON_AIR])
    if not rows:
        return ()
    names = accounts.accounts({row.creator_id for row in rows})
    pulses = {pulse.pk: pulse.viewers for pulse in PulseRow.objects.filter(pk__in=[row.pk for row in rows])}
    goods: dict[UUID, list[UUID]] = defaultdict(list)
    for card in present().filter(session__in=rows):
        goods[card.session_id].append(card.product_id)
    shown = [
        OnAir(row.pk, row.creator_id, names[row.creator_id].name, row.title, row.cover, row.opened_at or row.planned_at,
              pulses.get(row.pk, 0), tuple(goods[row.pk]))
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(shown, key=lambda each: (-each.viewers, each.since)))


def announced(creator_id: UUID | None = None, most: int = 50, *, shop_id: UUID | None = None) -> list[Planned]:
    """Announced sessions to come, the next first; of one creator, with goods of one shop, or of all. Those an hour late
    are left out."""
    rows = SessionRow.objects.filter(state=State.ANNOUNCED, planned_at__gt=clock.now() - views.LATE)
    if creator_id:
        rows = rows.filter(creator_id=creator_id)
    if shop_id:
        rows = rows.filter(pk__in=_with_goods_of(shop_id))
    found = list(rows.annotate(reserved=Count("reservations")).order_by("planned_at")[:most])
    names = accounts.accounts({row.creator_id for row in found})
    return [
        Planned(row.pk, row.creator_id, names[row.creator_id].name, row.title, row.cover, row.planned_at, row.reserved)
        for row in found
    ]


def past(creator_id: UUID, most: int = 12) -> list[Session]:
    """A creator's sessions that are over, the newest first."""
    rows = SessionRow.objects.filter(creator_id=creator_id, state__in=[State.ENDED, State.REVIEWED])
    return [views.session(row) for row in rows.order_by("-opened_at")[:most]]


def shown_for(shop_id: UUID, most: int = 4) -> tuple[list[OnAir], list[Planned], list[Session]]:
    """Where a shop's goods are shown: on air now, announced, and over in the last months, the newest first."""
    ids = set(_with_goods_of(shop_id).filter(session__state=State.ON_AIR))
    now = [room for room in on_air() if room.session_id in ids] if ids else []
    over = SessionRow.objects.filter(
        state__in=[State.ENDED, State.REVIEWED], pk__in=_with_goods_of(shop_id), opened_at__gt=clock.now() - views.PAST
    )
    past = [views.session(row) for row in over.order_by("-opened_at")[:most]]
    return now, announced(most=most, shop_id=shop_id), past


def _with_goods_of(shop_id: UUID) -> QuerySet[CardRow, UUID]:
    return CardRow.objects.filter(shop_id=shop_id, removed_at=None).values_list("session_id", flat=True)
