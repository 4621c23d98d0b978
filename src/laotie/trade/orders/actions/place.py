"""Placing an order: one read of what holds now, one of the address, one write that takes stock and leaves rows."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from laotie.goods.deals import queries as deals
from laotie.goods.deals.contracts import DealTerms
from laotie.kit import clock, market
from laotie.kit.errors import MarketError
from laotie.kit.money import Money
from laotie.kit.prepared import Prepared
from laotie.people.accounts import queries as accounts
from laotie.people.addresses import queries as addresses
from laotie.trade.orders.actions import pricing, writing
from laotie.trade.orders.contracts import Placed, Wanted
from laotie.trade.orders.errors import BadKey, BadQuantity, EmptyOrder, KeyReused, TooManyLines
from laotie.trade.orders.models import CheckoutRow

MOST_LINES = 50
MOST_OF_ONE = 999
PLACE = Prepared("orders_place", "SELECT orders_place($1::jsonb)")
REFUSED = "LT002"  # what `orders_place` raises when goods refuses a line


def place(
    account_id: UUID,
    wanted: Sequence[Wanted],
    address_id: UUID,
    key: str,
    *,
    agreed_total: Money | None = None,
    notes: Mapping[UUID, str] | None = None,
    coupons: Collection[UUID] = (),
) -> Placed:
    """Order `wanted` (of one or several shops) to one of the buyer's addresses, to be paid at once.

    `key` is the idempotency key: under the same one the first answer is given for ever. `agreed_total` is what the
    page showed, freight included; `notes` are words to each shop; `coupons` are the buyer's claims, one a shop. Nothing
    is written unless all of it is. Raises CouponUnfit, SoldOut, OverCap, NotOnSale, PriceChanged, KeyReused, NotServed
    and BadInput errors.
    """
    wanted = check_wanted(wanted, key)
    notes = {shop: words.strip()[:200] for shop, words in (notes or {}).items() if words.strip()}
    asked = fingerprint(wanted, address_id, notes, coupons)
    at = clock.now()
    creators = {line.offer_id: line.origin.creator for line in wanted if line.origin.creator}
    terms = deals.deal_terms([line.offer_id for line in wanted], account_id, at, creators)
    try:
        pricing.check_terms(wanted, terms)
        address = addresses.address_for(account_id, address_id)
        parts = pricing.with_coupons(pricing.parts(wanted, terms, address.region), coupons, account_id, at)
        pricing.check_agreed(wanted, terms, parts, agreed_total)
    except MarketError:
        # What changed since must not change the answer to a key that was already answered.
        if known := _known(account_id, key, asked):
            return known
        raise
    deal = writing.deal(writing.Asked(account_id, key, asked, address, notes, _names(creators.values()), at), parts)
    answer = _write(deal.payload, wanted, terms)
    if "known" in answer:
        return _first_answer(UUID(answer["known"]), answer["fingerprint"], asked)
    return deal.placed


def check_wanted(wanted: Sequence[Wanted], key: str) -> list[Wanted]:
    """The lines, one an offer, sorted by offer. Raises EmptyOrder, BadQuantity, TooManyLines, BadKey."""
    if not 1 <= len(key) <= 80 or not key.isprintable():
        raise BadKey(field="Idempotency-Key")
    if not wanted:
        raise EmptyOrder(field="lines")
    merged: dict[UUID, Wanted] = {}
    for line in wanted:
        before = merged[line.offer_id].quantity if line.offer_id in merged else 0
        if not 1 <= line.quantity <= MOST_OF_ONE - before:
            raise BadQuantity(field="quantity", most=MOST_OF_ONE)
        merged[line.offer_id] = Wanted(line.offer_id, before + line.quantity, line.agreed_price, line.origin)
    if len(merged) > MOST_LINES:
        raise TooManyLines(field="lines", most=MOST_LINES)
    return [merged[offer_id] for offer_id in sorted(merged)]


def fingerprint(
    wanted: Sequence[Wanted], address_id: UUID, notes: Mapping[UUID, str], coupons: Collection[UUID] = ()
) -> str:
    """SHA-256 of what was asked, so that a key that means two things is noticed."""
    lines = [[str(line.offer_id), line.quantity, line.agreed_price.minor] for line in wanted]
    words = sorted((str(shop), note) for shop, note in notes.items())
    also = [sorted(map(str, coupons))] if coupons else []
    return hashlib.sha256(json.dumps([lines, str(address_id), words, *also]).encode()).hexdigest()


def _names(creators: Collection[UUID]) -> dict[UUID, UUID]:
    """What facts call the creators: never by their accounts. Nothing is read where nobody showed anything."""
    return {who: view.pseudonym for who, view in accounts.accounts(creators).items()} if creators else {}


def _write(payload: str, wanted: Sequence[Wanted], terms: Mapping[UUID, DealTerms]) -> dict[str, Any]:
    # In a caller's transaction a refusal must not spoil what the caller did; alone, one statement is enough.
    guard = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with guard:
            [[said]] = PLACE.rows(payload)
    except DatabaseError as error:
        cause: Any = error.__cause__
        if getattr(cause, "sqlstate", None) != REFUSED:
            raise
        raise pricing.refused(json.loads(cause.diag.message_detail), wanted, terms) from None
    answer: dict[str, Any] = json.loads(said)
    return answer


def _known(account_id: UUID, key: str, asked: str) -> Placed | None:
    row = CheckoutRow.objects.filter(buyer_id=account_id, key=key).values_list("pk", "fingerprint").first()
    return _first_answer(row[0], row[1], asked) if row else None


def _first_answer(checkout_id: UUID, stored: str, asked: str) -> Placed:
    if stored != asked:
        raise KeyReused(field="Idempotency-Key")
    row = CheckoutRow.objects.prefetch_related("orders").get(pk=checkout_id)
    orders = tuple(sorted(order.pk for order in row.orders.all()))
    return Placed(row.pk, orders, market.current().money(row.total_minor), row.pay_by)
