"""The cards of sessions, and what was said of products on air."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from laotie.places.rooms import video, views
from laotie.places.rooms.contracts import Card, CardReplay, ShownCard, State
from laotie.places.rooms.errors import NoSuchCard
from laotie.places.rooms.models import CardRow, ExplanationRow


def cards(session_id: UUID) -> list[Card]:
    """The cards of a session in their order."""
    return [views.card(row) for row in present().filter(session_id=session_id)]


def cards_ever(session_id: UUID) -> list[Card]:
    """The same with those that were taken away, for what became of a session."""
    rows = CardRow.objects.filter(session_id=session_id).order_by("position", "added_at")
    return [views.card(row) for row in rows]


def card_in(session_id: UUID, card_id: UUID) -> Card:
    """Raises NoSuchCard."""
    row = present().filter(session_id=session_id, pk=card_id).first()
    if row is None:
        raise NoSuchCard
    return views.card(row)


def shown_cards(session_id: UUID) -> list[ShownCard]:
    """The cards with what they cost and what is left now, in four statements."""
    return views.shown(cards(session_id))


def present() -> QuerySet[CardRow]:
    """The rows of cards that were not taken away, in their order."""
    return CardRow.objects.filter(removed_at=None).order_by("position", "added_at")


def sessions_with(offer_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """(session, card) of those on air that show one of these offers."""
    rows = present().filter(offer_id__in=list(offer_ids), session__state=State.ON_AIR)
    return list(rows.values_list("session_id", "id"))


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
