"""Cards of a session: what is shown, in what order, and what is being explained now."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import Offer
from laotie.goods.standing import queries as standings
from laotie.goods.terms import queries as terms
from laotie.kit import clock, market
from laotie.kit.errors import BadInput
from laotie.kit.text import line
from laotie.people.accounts.queries import pseudonym
from laotie.people.merchants import queries as merchants
from laotie.places.rooms import queries, views
from laotie.places.rooms.actions.numbering import hold, record
from laotie.places.rooms.contracts import Card, CardAdded, CardExplained, CardRemoved, Used
from laotie.places.rooms.errors import BadUsed, CardTwice, NoDrawback, NotCardable, TooManyCards, WrongState
from laotie.places.rooms.models import CardRow, ExplanationRow, SessionRow
from laotie.stream.outbox.actions import emit

MOST = 100
LONGEST_DRAWBACK = 120


@transaction.atomic
def add_card(
    account_id: UUID, session_id: UUID, offer_id: UUID, drawback: str, *, used: str = "", used_since: date | None = None
) -> Card:
    """Put an offer among the cards, with one drawback and since when the host has used it.

    What holds now (price, plan, band) is kept on the card and in its fact, so that what was promised can be found.
    Raises NotYourRoom, WrongState, NoSuchOffer, NotCardable, NoDrawback, BadUsed, CardTwice, TooManyCards.
    """
    session = queries.hosted(account_id, session_id)
    words = _drawback(drawback)
    how = _used(used, used_since)
    row = hold(session_id)
    if session.is_over:
        raise WrongState(state=row.state)
    if row.cards.filter(removed_at=None).count() >= MOST:
        raise TooManyCards(most=MOST)
    card = _written(row, offers.offer(offer_id), words, how, used_since)
    record(row, "card", {"card": _told(card)})
    return views.card(card)


def _written(row: SessionRow, offer: Offer, drawback: str, used: str, used_since: date | None) -> CardRow:
    plan_id, commission_bp, price_minor = _plan(row.creator_id, offer)
    now = clock.now()
    standing = standings.standing([offer.product_id], now)[offer.product_id]
    last = row.cards.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            card = CardRow.objects.create(
                session=row, position=last + 1, offer_id=offer.id, product_id=offer.product_id,
                shop_id=offer.merchant_id, plan_id=plan_id, commission_bp=commission_bp, price_minor=price_minor,
                band=standing.band, drawback=drawback, used=used, used_since=used_since, added_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise CardTwice(field="offer") from error
    emit(
        CardAdded(
            row.pk, card.pk, pseudonym(row.creator_id), offer.id, offer.product_id, offer.merchant_id, plan_id,
            commission_bp, price_minor, standing.band, standing.multiplier_bp, used_since, used, drawback,
        )
    )  # fmt: skip
    return card


def _plan(creator_id: UUID, offer: Offer) -> tuple[UUID | None, int, int]:
    """The plan that holds for this creator, its rate, and what a piece costs now."""
    now = terms.terms([offer.id], None, clock.now(), {offer.id: creator_id})[offer.id]
    if offer.status != "on_sale" or (now.plan_id is None and not merchants.owns(creator_id, offer.merchant_id)):
        raise NotCardable(field="offer")
    return now.plan_id, now.commission_bp, now.price_minor


def _drawback(drawback: str) -> str:
    try:
        return line(drawback, "drawback", LONGEST_DRAWBACK, 4)
    except BadInput as error:
        raise NoDrawback(field="drawback", most=LONGEST_DRAWBACK) from error


def _used(used: str, used_since: date | None) -> str:
    known = used in {each.value for each in Used}
    today = market.current().day(clock.now())
    if bool(used) != bool(used_since) or (used and not known) or (used_since and used_since > today):
        raise BadUsed(field="used_since")
    return used


@transaction.atomic
def remove_card(account_id: UUID, session_id: UUID, card_id: UUID) -> None:
    """Take a card away; what was ordered from it stays ordered. Raises NotYourRoom, NoSuchCard, WrongState."""
    if queries.hosted(account_id, session_id).is_over:
        raise WrongState
    row = hold(session_id)
    card = queries.card_in(session_id, card_id)
    now = clock.now()
    if row.explaining == card.id:
        finish_explaining(row, now)
    CardRow.objects.filter(pk=card_id).update(removed_at=now)
    record(row, "uncarded", {"card": str(card_id)})
    emit(CardRemoved(session_id, card_id))


@transaction.atomic
def explain(account_id: UUID, session_id: UUID, card_id: UUID) -> None:
    """Speak of this card from now on. A helper may turn the page, too. Raises NotYourRoom, NoSuchCard, WrongState."""
    queries.desk_for(account_id, session_id)
    row = _on_air(session_id)
    if row.explaining == card_id:
        return
    queries.card_in(session_id, card_id)
    finish_explaining(row, clock.now(), tell=False)
    row.explaining, row.explaining_since = card_id, clock.now()
    row.save(update_fields=["explaining", "explaining_since"])
    record(row, "explaining", views.explaining_told(views.session(row)))


@transaction.atomic
def stop_explaining(account_id: UUID, session_id: UUID) -> None:
    """Speak of nothing in particular. Raises NotYourRoom, WrongState."""
    queries.desk_for(account_id, session_id)
    finish_explaining(_on_air(session_id), clock.now())


def finish_explaining(row: SessionRow, now: datetime, *, tell: bool = True) -> None:
    """On a held session: keep the stretch that ends now, and tell the room that nothing is being explained."""
    card_id, began_at = row.explaining, row.explaining_since
    if card_id is None or began_at is None:
        return
    ExplanationRow.objects.create(session=row, card_id=card_id, began_at=began_at, ended_at=now)
    seconds = int((now - began_at).total_seconds())
    emit(CardExplained(row.pk, card_id, pseudonym(row.creator_id), began_at, seconds))
    row.explaining = row.explaining_since = None
    row.save(update_fields=["explaining", "explaining_since"])
    if tell:
        record(row, "explaining", views.explaining_told(views.session(row)))


def _on_air(session_id: UUID) -> SessionRow:
    row = hold(session_id)
    if not views.session(row).is_on_air:
        raise WrongState(state=row.state)
    return row


@transaction.atomic
def refresh_cards(offer_ids: Iterable[UUID]) -> int:
    """Tell the rooms on air that show these offers what they cost and what is left now; returns how many cards."""
    found = sorted(queries.sessions_with(offer_ids))
    for session_id, card_id in found:
        row = hold(session_id)
        card = CardRow.objects.filter(pk=card_id, removed_at=None).first()
        if card and views.session(row).is_on_air:
            record(row, "card", {"card": _told(card)})
    return len(found)


def _told(card: CardRow) -> dict[str, object]:
    return views.card_told(views.shown([views.card(card)])[0])
