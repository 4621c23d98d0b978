"""Reading rooms. `session_for` is the one door to a session for a person, `desk_for` to its host's desk."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from laotie.goods.terms import queries as terms
from laotie.kit import clock
from laotie.people.accounts import queries as accounts
from laotie.places.rooms import lots, telling, video, views
from laotie.places.rooms.contracts import (
    LINES,
    Card,
    CardReplay,
    Event,
    Line,
    OnAir,
    Planned,
    Pulse,
    Role,
    Session,
    ShownCard,
    State,
)
from laotie.places.rooms.errors import (
    NoSuchCard,
    NoSuchCoupon,
    NoSuchDraw,
    NoSuchLine,
    NoSuchSession,
    NotYourRoom,
    ShutOut,
    WrongState,
)
from laotie.places.rooms.models import (
    BallotRow,
    CardRow,
    DrawRow,
    EntryRow,
    EventRow,
    ExplanationRow,
    HandedRow,
    HelperRow,
    LineRow,
    PulseRow,
    ReservationRow,
    SessionRow,
    ShutRow,
    VoteRow,
)
from laotie.places.rooms.selling import Draw, Handed

HIDDEN = frozenset({State.PLANNED})
MOST_ON_AIR = 200
SHOWN = 10  # draws, votes


def session(session_id: UUID) -> Session:
    """A session, for slices that already know who asks. Raises NoSuchSession."""
    row = SessionRow.objects.filter(pk=session_id).first()
    if row is None:
        raise NoSuchSession
    return views.session(row)


def session_for(account_id: UUID | None, session_id: UUID) -> Session:
    """A session that `account_id` (None: a visitor) may see. Raises NoSuchSession, ShutOut."""
    found = session(session_id)
    if found.state in HIDDEN and role_in(account_id, found) is Role.VIEWER:
        raise NoSuchSession
    if account_id and is_shut(found.creator_id, account_id, "ban"):
        raise ShutOut
    return found


def desk_for(account_id: UUID, session_id: UUID) -> tuple[Session, Role]:
    """A session with the role of someone who works in it. Raises NoSuchSession, NotYourRoom."""
    found = session(session_id)
    role = role_in(account_id, found)
    if role is Role.VIEWER:
        raise NotYourRoom
    return found, role


def hosted(account_id: UUID, session_id: UUID) -> Session:
    """A session of one's own. Raises NoSuchSession, NotYourRoom."""
    found, role = desk_for(account_id, session_id)
    if role is not Role.HOST:
        raise NotYourRoom
    return found


def aired(account_id: UUID, session_id: UUID) -> Session:
    """A session of one's own that is on air. Raises NoSuchSession, NotYourRoom, WrongState."""
    found = hosted(account_id, session_id)
    if not found.is_on_air:
        raise WrongState(state=found.state)
    return found


def role_in(account_id: UUID | None, of: Session) -> Role:
    """How someone stands to a session."""
    if account_id is None:
        return Role.VIEWER
    if account_id == of.creator_id:
        return Role.HOST
    helps = HelperRow.objects.filter(creator_id=of.creator_id, account_id=account_id).exists()
    return Role.HELPER if helps else Role.VIEWER


def is_shut(creator_id: UUID, account_id: UUID, act: str) -> bool:
    """Whether a mute or a ban of the account holds now in a creator's rooms."""
    rows = ShutRow.objects.filter(creator_id=creator_id, account_id=account_id, act=act)
    return rows.filter(Q(until=None) | Q(until__gt=clock.now())).exists()


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
    for card in _cards().filter(session__in=rows):
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


def cards(session_id: UUID) -> list[Card]:
    """The cards of a session in their order."""
    return [views.card(row) for row in _cards().filter(session_id=session_id)]


def cards_ever(session_id: UUID) -> list[Card]:
    """The same with those that were taken away, for what became of a session."""
    rows = CardRow.objects.filter(session_id=session_id).order_by("position", "added_at")
    return [views.card(row) for row in rows]


def card_in(session_id: UUID, card_id: UUID) -> Card:
    """Raises NoSuchCard."""
    row = _cards().filter(session_id=session_id, pk=card_id).first()
    if row is None:
        raise NoSuchCard
    return views.card(row)


def shown_cards(session_id: UUID) -> list[ShownCard]:
    """The cards with what they cost and what is left now, in four statements."""
    return views.shown(cards(session_id))


def _cards() -> QuerySet[CardRow]:
    return CardRow.objects.filter(removed_at=None).order_by("position", "added_at")


def lines(session_id: UUID, most: int = LINES) -> list[Line]:
    """The newest lines of chat, the oldest of them first."""
    rows = LineRow.objects.filter(session_id=session_id, hidden_at=None).select_related("author").order_by("-seq")
    return [views.line(row) for row in reversed(rows[:most])]


def window(session_id: UUID) -> list[dict[str, object]]:
    """The last lines as browsers keep them: hidden ones hold their place, so that nothing older comes up for them."""
    rows = LineRow.objects.filter(session_id=session_id).select_related("author").order_by("-seq")[:LINES]
    return [views.line_told(views.line(row)) if row.hidden_at is None else views.gone(row.pk) for row in reversed(rows)]


def questions(session_id: UUID, most: int = 30) -> list[Line]:
    """Lines that ask for something and were not answered: who wants to buy first, then the longest waiting."""
    rows = LineRow.objects.filter(session_id=session_id, hidden_at=None, answered_at=None).exclude(intent="")
    waiting = [views.line(row) for row in rows.select_related("author").order_by("seq")[: 10 * most]]
    return sorted(waiting, key=lambda line: (not views.wants_to_buy(line), line.seq))[:most]


def line_in(session_id: UUID, line_id: UUID) -> Line:
    """Raises NoSuchLine."""
    row = LineRow.objects.filter(session_id=session_id, pk=line_id, hidden_at=None).select_related("author").first()
    if row is None:
        raise NoSuchLine
    return views.line(row)


def line(line_id: UUID) -> Line:
    """A line, hidden or not, for the operators' desk. Raises NoSuchLine."""
    row = LineRow.objects.filter(pk=line_id).select_related("author").first()
    if row is None:
        raise NoSuchLine
    return views.line(row)


def said_by(account_id: UUID) -> list[Line]:
    """Everything an account said in rooms, oldest first."""
    rows = LineRow.objects.filter(author_id=account_id).select_related("author").order_by("at")
    return [views.line(row) for row in rows]


def pulse(session_id: UUID) -> Pulse:
    """How many are there and how many hearts there were."""
    row = PulseRow.objects.filter(pk=session_id).first()
    return views.pulse(row) if row else Pulse()


def since(session_id: UUID, seq: int, most: int = 500) -> list[Event] | None:
    """What changed after `seq`, in order; None where that is too long ago: then the whole state is needed."""
    rows = list(EventRow.objects.filter(session_id=session_id, seq__gt=seq).order_by("seq")[: most + 1])
    known = session(session_id).seq
    if len(rows) > most or (rows and rows[0].seq != seq + 1) or (not rows and known > seq):
        return None
    return [Event(row.seq, row.kind, row.body) for row in rows]


def replayed() -> frozenset[UUID]:
    """Products of which something was said on air that can be seen again: few of all, so that most need not ask."""
    rows = ExplanationRow.objects.filter(clip__isnull=False)
    return frozenset(rows.values_list("card__product_id", flat=True).distinct())


def replays_of(product_id: UUID, most: int = 4) -> list[CardReplay]:
    """What was said of a product on air, the newest first."""
    rows = ExplanationRow.objects.filter(card__product_id=product_id, clip__isnull=False).order_by("-began_at")
    found = [
        (row, video.clip_address(row.clip) if row.clip else "")
        for row in rows.select_related("card", "session__creator")[:most]
    ]
    return [
        CardReplay(row.session_id, row.session.creator.name, row.began_at,
                   int((row.ended_at - row.began_at).total_seconds()), row.card.drawback, address)
        for row, address in found
        if address
    ]  # fmt: skip


def handed_in(session_id: UUID, coupon_id: UUID) -> Handed:
    """Raises NoSuchCoupon."""
    row = HandedRow.objects.filter(session_id=session_id, coupon=coupon_id).first()
    if row is None:
        raise NoSuchCoupon
    return Handed(row.coupon, row.at, row.gone_at is not None)


def coupons_told(session_id: UUID) -> list[dict[str, Any]]:
    """The coupons of a session as browsers are told of them, the oldest first."""
    rows = list(HandedRow.objects.filter(session_id=session_id).order_by("at", "coupon"))
    known = terms.coupons(row.coupon for row in rows) if rows else {}
    return views.coupons_told(rows, known)


def coupons_had(account_id: UUID | None, session_id: UUID) -> set[UUID]:
    """The coupons of a session that the account has claimed."""
    rows = HandedRow.objects.filter(session_id=session_id).values_list("coupon", flat=True)
    return terms.claimed(account_id, rows) if account_id else set()


def draw(draw_id: UUID) -> Draw:
    """Raises NoSuchDraw."""
    row = DrawRow.objects.filter(pk=draw_id).first()
    if row is None:
        raise NoSuchDraw
    entries = EntryRow.objects.filter(draw=row)
    names = sorted(str(pk) for pk in entries.values_list("pk", flat=True)) if row.drawn_at else []
    won = [str(pk) for pk in entries.filter(won__isnull=False).order_by("won").values_list("pk", flat=True)]
    return Draw(
        row.pk, row.session_id, row.prize, row.winners, lots.commitment(row.secret), row.opened_at, row.ends_at,
        row.drawn_at, row.secret if row.drawn_at else "", tuple(names), tuple(won),
    )  # fmt: skip


def draw_in(session_id: UUID, draw_id: UUID) -> Draw:
    """Raises NoSuchDraw."""
    found = draw(draw_id)
    if found.session_id != session_id:
        raise NoSuchDraw
    return found


def draws_told(session_id: UUID) -> list[dict[str, Any]]:
    """The draws of a session as browsers are told of them, the oldest first; the last ten."""
    rows = DrawRow.objects.filter(session_id=session_id).order_by("-opened_at")[:SHOWN]
    return telling.draws(list(reversed(rows)))


def entries_of(account_id: UUID | None, session_id: UUID) -> dict[str, str]:
    """The account's own entries by draw."""
    rows = EntryRow.objects.filter(draw__session_id=session_id, account_id=account_id) if account_id else []
    return {str(row.draw_id): str(row.pk) for row in rows}


def votes_told(session_id: UUID) -> list[dict[str, Any]]:
    """The votes of a session as browsers are told of them, the oldest first; the last ten."""
    rows = VoteRow.objects.filter(session_id=session_id).order_by("-opened_at")[:SHOWN]
    return [telling.vote(row) for row in reversed(rows)]


def ballots_of(account_id: UUID | None, session_id: UUID) -> dict[str, int]:
    """The account's own answers by vote."""
    rows = BallotRow.objects.filter(vote__session_id=session_id, account_id=account_id) if account_id else []
    return {str(row.vote_id): row.choice for row in rows}


def counts(vote_id: UUID, options: int) -> list[int]:
    """How many each answer of a vote has."""
    rows = BallotRow.objects.filter(vote_id=vote_id).order_by().values_list("choice").annotate(Count("pk"))
    found = dict(rows)
    return [found.get(option, 0) for option in range(options)]


def helpers(creator_id: UUID) -> list[UUID]:
    """Who keeps order in a creator's rooms, the longest first."""
    return list(HelperRow.objects.filter(creator_id=creator_id).order_by("since").values_list("account_id", flat=True))


def has_reserved(account_id: UUID, session_id: UUID) -> bool:
    return ReservationRow.objects.filter(account_id=account_id, session_id=session_id).exists()


def reservations(session_id: UUID) -> tuple[int, int]:
    """How many reserved, and how many of them came."""
    counts = ReservationRow.objects.filter(session_id=session_id).aggregate(
        every=Count("pk"), came=Count("pk", filter=Q(came_at__isnull=False))
    )
    return counts["every"], counts["came"]


def sessions_with(offer_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """(session, card) of those on air that show one of these offers."""
    rows = _cards().filter(offer_id__in=list(offer_ids), session__state=State.ON_AIR)
    return list(rows.values_list("session_id", "id"))


def next_due(before: datetime) -> list[UUID]:
    """Announced sessions that begin by `before` and of whose reservations some were not reminded."""
    rows = ReservationRow.objects.filter(
        reminded_at=None, session__state=State.ANNOUNCED, session__planned_at__lte=before
    )
    return list(rows.values_list("session_id", flat=True).distinct())
