"""Sessions of a past that was imported: written whole with their facts, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import Offer
from laotie.kit.ids import new_id
from laotie.people.accounts import queries as accounts
from laotie.people.accounts.contracts import AccountView
from laotie.places.rooms import intent
from laotie.places.rooms.contracts import CardAdded, CardExplained, ChatSaid, SessionEnded, SessionOpened, State
from laotie.places.rooms.models import CardRow, ExplanationRow, LineRow, PulseRow, SessionRow
from laotie.stream.facts import Fact
from laotie.stream.outbox.actions import emit_past


@dataclass(frozen=True, slots=True)
class PastCard:
    """`talked` are the stretches in which the host spoke of it."""

    id: UUID
    offer_id: UUID
    drawback: str
    commission_bp: int
    used: str = ""
    used_since: date | None = None
    talked: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class PastSaying:
    author_id: UUID
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastSession:
    id: UUID
    creator_id: UUID
    title: str
    intro: str
    opened_at: datetime
    ended_at: datetime
    likes: int
    peak: int
    cards: tuple[PastCard, ...]
    said: tuple[PastSaying, ...]


@transaction.atomic
def admit_history(past: PastSession) -> bool:
    """Write a session that is over; False where it is there already."""
    if SessionRow.objects.filter(pk=past.id).exists():
        return False
    row = SessionRow.objects.create(
        id=past.id, creator_id=past.creator_id, title=past.title, intro=past.intro, state=State.ENDED.value,
        planned_at=past.opened_at, opened_at=past.opened_at, ended_at=past.ended_at, seq=len(past.said),
    )  # fmt: skip
    PulseRow.objects.create(session=row, likes=past.likes, peak=past.peak)
    sold = offers.offers(card.offer_id for card in past.cards)
    people = accounts.accounts({past.creator_id, *(saying.author_id for saying in past.said)})
    CardRow.objects.bulk_create(
        [_card(row, place, card, sold[card.offer_id]) for place, card in enumerate(past.cards, 1)]
    )
    ExplanationRow.objects.bulk_create(
        [ExplanationRow(session=row, card_id=c.id, began_at=b, ended_at=e) for c in past.cards for b, e in c.talked]
    )
    lines = [_line(row, number, saying) for number, saying in enumerate(past.said, 1)]
    LineRow.objects.bulk_create(lines)
    emit_past(sorted(_facts(past, sold, people, lines), key=lambda timed: timed[0]))
    return True


def _card(row: SessionRow, place: int, card: PastCard, offer: Offer) -> CardRow:
    return CardRow(
        id=card.id, session=row, position=place, offer_id=offer.id, product_id=offer.product_id,
        shop_id=offer.merchant_id, commission_bp=card.commission_bp, price_minor=offer.price.minor, band="good",
        drawback=card.drawback, used=card.used, used_since=card.used_since, added_at=row.planned_at,
    )  # fmt: skip


def _line(row: SessionRow, number: int, saying: PastSaying) -> LineRow:
    hosts = saying.author_id == row.creator_id
    return LineRow(
        id=new_id(), session=row, seq=number, author_id=saying.author_id, role="host" if hosts else "viewer",
        words=saying.words, at=saying.at, intent="" if hosts else intent.read(saying.words).value,
        answered_at=saying.at,
    )  # fmt: skip


def _facts(
    past: PastSession, sold: dict[UUID, Offer], people: dict[UUID, AccountView], lines: Sequence[LineRow]
) -> Iterator[tuple[datetime, Fact]]:
    host = people[past.creator_id].pseudonym
    yield past.opened_at, SessionOpened(past.id, host, len(past.cards), 0)
    for card in past.cards:
        offer = sold[card.offer_id]
        yield past.opened_at, CardAdded(
            past.id, card.id, host, offer.id, offer.product_id, offer.merchant_id, None, card.commission_bp,
            offer.price.minor, "good", 10_000, card.used_since, card.used, card.drawback,
        )  # fmt: skip
        for began, ended in card.talked:
            yield ended, CardExplained(past.id, card.id, host, began, int((ended - began).total_seconds()))
    for line in lines:
        author = people[line.author_id].pseudonym
        yield line.at, ChatSaid(past.id, line.pk, author, line.role, line.intent, len(line.words), None)
    seconds = int((past.ended_at - past.opened_at).total_seconds())
    yield past.ended_at, SessionEnded(past.id, host, "host", seconds, past.likes, past.peak)
