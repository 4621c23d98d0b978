"""Flash offers: a lower price on a card with a clock and a count.

The price is the shop's, so the shop must have let the host cut it; the pieces, the cap a buyer and the clock are kept
by `goods.terms`, which every order asks.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from laotie.goods.terms import actions as terms
from laotie.goods.terms import queries as terms_queries
from laotie.goods.terms.contracts import TimedPrice
from laotie.kit import clock
from laotie.people.accounts.queries import pseudonym
from laotie.people.grants import queries as grants
from laotie.places.rooms import queries
from laotie.places.rooms.actions.carding import refresh_cards
from laotie.places.rooms.contracts import Card
from laotie.places.rooms.contracts.selling import CardFlashed, CardFlashEnded
from laotie.places.rooms.errors import BadFlash, NoFlash, NotYourPrice
from laotie.stream.outbox.actions import emit

SHORTEST, LONGEST = timedelta(seconds=30), timedelta(minutes=120)
DELAY = timedelta(minutes=30)


@transaction.atomic
def flash(  # noqa: PLR0917  the price, the pieces and the seconds are the offer
    account_id: UUID, session_id: UUID, card_id: UUID, price_minor: int, pieces: int, seconds: int, *,
    cap_per_buyer: int | None = None, starts_in: int = 0,
) -> TimedPrice:  # fmt: skip
    """Sell `pieces` of a card at `price_minor` for so many seconds, from `starts_in` seconds from now on.

    Raises NotYourRoom, WrongState, NoSuchCard, NotYourPrice, BadFlash, and what `goods.terms` says of the price.
    """
    card = _mine(account_id, session_id, card_id)
    if not (0 <= starts_in <= DELAY.total_seconds() and SHORTEST.total_seconds() <= seconds <= LONGEST.total_seconds()):
        raise BadFlash(field="seconds", delay=DELAY.seconds // 60, longest=LONGEST.seconds // 60)
    starts_at = clock.now() + timedelta(seconds=starts_in)
    made = terms.set_timed_price(
        card.offer_id, price_minor, starts_at, starts_at + timedelta(seconds=seconds), cap_per_buyer=cap_per_buyer,
        allotment=pieces,
    )  # fmt: skip
    _turn_at(card.offer_id, made.starts_at, made.ends_at)
    emit(
        CardFlashed(
            session_id, card_id, pseudonym(account_id), card.offer_id, card.shop_id, made.id, price_minor, pieces,
            cap_per_buyer, made.starts_at, made.ends_at,
        )
    )  # fmt: skip
    refresh_cards([card.offer_id])
    return made


@transaction.atomic
def end_flash(account_id: UUID, session_id: UUID, card_id: UUID) -> None:
    """End the flash offer of a card now; who ordered keeps the price. Raises as `flash`, and NoFlash."""
    card = _mine(account_id, session_id, card_id)
    running = [price for price in terms_queries.timed_prices([card.offer_id], clock.now()) if price.allotment]
    if not running:
        raise NoFlash
    terms.end_timed_price(running[0].id)
    emit(CardFlashEnded(session_id, card_id, running[0].id))
    refresh_cards([card.offer_id])


def may_cut(account_id: UUID, shop_id: UUID) -> bool:
    """Whether the shop lets this account cut its prices on air."""
    return any(grants.may(account_id, scope, shop_id) for scope in ("air", "goods"))


def _mine(account_id: UUID, session_id: UUID, card_id: UUID) -> Card:
    queries.aired(account_id, session_id)
    card = queries.card_in(session_id, card_id)
    if not may_cut(account_id, card.shop_id):
        raise NotYourPrice
    return card


def _turn_at(offer_id: UUID, *moments: datetime) -> None:
    """Tell the rooms when the price begins and ends to hold: nobody else would, at that moment."""
    for at in moments:
        if at > clock.now():
            app.configure_task("rooms.turn", queue="timers", schedule_at=at).defer(offer_id=str(offer_id))
