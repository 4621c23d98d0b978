"""From rows to contracts, and from those to what a browser is told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from laotie.goods.deals import queries as deals
from laotie.goods.deals.contracts import DealTerms
from laotie.goods.terms.contracts import Coupon, TimedPrice
from laotie.goods.terms.queries import timed_prices
from laotie.kit import clock, market
from laotie.kit.pictures import queries as pictures
from laotie.people.merchants import queries as merchants
from laotie.places.rooms.contracts import Card, Line, Pulse, Role, Session, ShownCard, State, Used
from laotie.places.rooms.contracts.selling import Flash
from laotie.places.rooms.intent import BUYING
from laotie.places.rooms.models import CardRow, HandedRow, LineRow, PulseRow, SessionRow

PAST = timedelta(days=90)  # how long a session that is over is shown on shops' pages
LATE = timedelta(hours=1)  # how long an announced session that has not begun is still shown


def session(row: SessionRow) -> Session:
    return Session(
        row.pk, row.creator_id, row.title, row.intro, row.cover, State(row.state), row.planned_at, row.opened_at,
        row.ended_at, row.explaining, row.explaining_since, tuple(row.blocked), row.seq,
    )  # fmt: skip


def card(row: CardRow) -> Card:
    return Card(
        row.pk, row.session_id, row.position, row.offer_id, row.product_id, row.shop_id, row.plan_id,
        row.commission_bp, market.current().money(row.price_minor), row.band, row.drawback, row.used_since,
        Used(row.used) if row.used else None,
    )  # fmt: skip


def line(row: LineRow) -> Line:
    return Line(
        row.pk, row.session_id, row.seq, row.author_id, row.author.name, Role(row.role), row.words, row.at,
        row.intent, row.answered_at,
    )  # fmt: skip


def pulse(row: PulseRow) -> Pulse:
    return Pulse(row.beat, row.likes, row.viewers, row.peak)


def wants_to_buy(line: Line) -> bool:
    return line.intent in BUYING


def shown(cards: Sequence[Card]) -> list[ShownCard]:
    """Cards as they can be bought now by anybody, in three statements; those whose offer is gone are left out."""
    now = clock.now()
    terms = deals.deal_terms([card.offer_id for card in cards], None, now)
    timed: dict[UUID, list[TimedPrice]] = defaultdict(list)
    for price in timed_prices(terms, now):
        timed[price.offer_id].append(price)
    return [_shown(card, terms[card.offer_id], timed[card.offer_id]) for card in cards if card.offer_id in terms]


def _shown(card: Card, terms: DealTerms, timed: Sequence[TimedPrice]) -> ShownCard:
    ends_at = next((price.ends_at for price in timed if price.id == terms.timed_price_id), None)
    flash = next((_flash(price) for price in timed if price.allotment), None)
    return ShownCard(
        card, terms.title, terms.options, terms.picture, terms.shop, terms.price, terms.list_price, ends_at,
        terms.left, terms.on_sale, flash,
    )  # fmt: skip


def _flash(price: TimedPrice) -> Flash:
    return Flash(
        market.current().money(price.price_minor), price.allotment or 0, price.left or 0, price.cap_per_buyer,
        price.starts_at, price.ends_at,
    )  # fmt: skip


def card_told(shown: ShownCard) -> dict[str, Any]:
    """A card as browsers are told of it: the same for everybody."""
    card, dearer = shown.card, shown.list_price.minor > shown.price.minor
    return {
        "id": str(card.id), "position": card.position, "product": str(card.product_id), "title": shown.title,
        "options": shown.options, "shop": shown.shop,
        "picture": pictures.url(shown.picture, 160) if shown.picture else "",
        "price": shown.price.plain, "symbol": shown.price.symbol.strip(), "price_minor": shown.price.minor,
        "list_price": str(shown.list_price) if dearer else "",
        "ends_at": shown.ends_at.isoformat() if shown.ends_at else "",
        "left": shown.left if shown.on_sale else 0, "band": card.band, "drawback": card.drawback,
        "used": card.used.value if card.used else "", "used_since": str(card.used_since or ""),
        "flash": flash_told(shown.flash) if shown.flash else None,
    }  # fmt: skip


def flash_told(flash: Flash) -> dict[str, Any]:
    return {
        "price": flash.price.plain, "pieces": flash.pieces, "left": flash.left, "cap": flash.cap or 0,
        "starts_at": flash.starts_at.isoformat(), "ends_at": flash.ends_at.isoformat(),
    }  # fmt: skip


def coupon_told(row: HandedRow, coupon: Coupon) -> dict[str, Any]:
    return coupons_told([row], {coupon.id: coupon})[0]


def coupons_told(rows: Iterable[HandedRow], coupons: Mapping[UUID, Coupon]) -> list[dict[str, Any]]:
    """Those of `coupons` as everybody is told of them, in one statement."""
    shops = merchants.shops({coupon.shop_id for coupon in coupons.values()}) if coupons else {}
    known = [(row, coupons[row.coupon]) for row in rows if row.coupon in coupons]
    return [_coupon(row, coupon, shops[coupon.shop_id].name) for row, coupon in known]


def _coupon(row: HandedRow, coupon: Coupon, shop: str) -> dict[str, Any]:
    """How many are left changes too often to be told: only that none is."""
    money = market.current().money
    return {
        "id": str(coupon.id), "at": row.at.isoformat(), "shop": shop,
        "symbol": money(0).symbol.strip(), "amount": money(coupon.amount_minor).plain,
        "threshold": money(coupon.threshold_minor).plain, "ends_at": coupon.ends_at.isoformat(),
        "gone": row.gone_at is not None,
    }  # fmt: skip


def line_told(line: Line) -> dict[str, Any]:
    """A line as everybody reads it. What it seems to want is the host's business."""
    return {"id": str(line.id), "name": line.name, "role": line.role.value, "words": line.words,
            "at": line.at.isoformat()}  # fmt: skip


def gone(line_id: UUID) -> dict[str, Any]:
    """What is left of a hidden line."""
    return {"id": str(line_id), "gone": True}


def session_told(session: Session) -> dict[str, Any]:
    return {
        "state": session.state.value, "title": session.title,
        "opened_at": session.opened_at.isoformat() if session.opened_at else "",
        "ended_at": session.ended_at.isoformat() if session.ended_at else "",
    }  # fmt: skip


def explaining_told(session: Session) -> dict[str, Any]:
    return {
        "card": str(session.explaining_id or ""),
        "since": session.explaining_since.isoformat() if session.explaining_since else "",
    }


def pulse_told(pulse: Pulse) -> dict[str, int]:
    return {"beat": pulse.beat, "likes": pulse.likes, "viewers": pulse.viewers}
