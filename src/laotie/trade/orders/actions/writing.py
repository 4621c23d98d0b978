"""The rows and facts of a new checkout, as the one JSON that `orders_place` writes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from laotie.goods.deals.contracts import DealTerms
from laotie.goods.terms.contracts import Claim
from laotie.kit import market
from laotie.kit.ids import new_id
from laotie.kit.money import Money
from laotie.people.addresses.contracts import Address
from laotie.stream.facts import Fact, encode
from laotie.trade.orders.actions.pricing import Part
from laotie.trade.orders.contracts import CouponUsed, LinePlaced, OrderPlaced, Placed, State
from laotie.trade.orders.transitions import PAY_WITHIN

RECIPIENT = ("name", "phone", "region", "city", "street", "postcode")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a checkout, under which key, where it goes, with which words to each shop, and when.

    `names`: what facts call the creators whom lines come from, by account.
    """

    account_id: UUID
    key: str
    fingerprint: str
    address: Address
    notes: Mapping[UUID, str]
    names: Mapping[UUID, UUID]
    at: datetime


@dataclass(frozen=True, slots=True)
class Deal:
    """What is written, and the answer it will have been."""

    payload: str
    placed: Placed


def deal(asked: Asked, parts: Sequence[Part]) -> Deal:
    """Compose a checkout of `parts`. Ids are made here, so that the answer needs no reading back."""
    total = Money(sum(part.goods.minor + part.freight.minor for part in parts), market.current().currency)
    placed = Placed(new_id(), tuple(new_id() for _ in parts), total, asked.at + PAY_WITHIN)
    named = list(zip(placed.order_ids, parts, strict=True))
    lines = [row for order_id, part in named for row in _lines(order_id, part)]
    facts: list[Fact] = [_order_placed(order_id, part, placed, asked.address.region) for order_id, part in named]
    facts += [fact for order_id, part in named for fact in _lines_placed(order_id, part, lines, asked.names)]
    facts += [_coupon_used(order_id, part, part.claim) for order_id, part in named if part.claim]
    rows = {
        "checkout": {
            "id": placed.checkout_id, "buyer_id": asked.account_id, "key": asked.key,
            "fingerprint": asked.fingerprint, "total_minor": total.minor, "placed_at": asked.at,
            "recipient": {name: getattr(asked.address, name) for name in RECIPIENT}, "pay_by": placed.pay_by,
        },
        "orders": [_order(order_id, part, placed, asked) for order_id, part in named],
        "lines": lines,
        "coupons": [{"claim": part.claim.id, "order": order_id} for order_id, part in named if part.claim],
        "facts": [{"kind": fact.KIND, "version": fact.VERSION, "body": encode(fact)} for fact in facts],
    }  # fmt: skip
    return Deal(json.dumps(rows, default=str, ensure_ascii=False), placed)


def number(order_id: UUID, at: datetime) -> str:
    """What people call an order: the market's day, then ten digits of the id's random part."""
    return f"{market.current().day(at):%y%m%d}{order_id.int % 10**10:010d}"


def _order(order_id: UUID, part: Part, placed: Placed, asked: Asked) -> dict[str, Any]:
    goods, freight = part.goods.minor, part.freight.minor
    return {
        "id": order_id, "number": number(order_id, asked.at), "checkout_id": placed.checkout_id,
        "buyer_id": asked.account_id,
        "merchant_id": part.merchant_id, "state": State.PLACED.value, "before": "", "goods_minor": goods,
        "freight_minor": freight, "total_minor": goods + freight, "paid_minor": 0, "repaid_minor": 0,
        "note": asked.notes.get(part.merchant_id, ""), "placed_at": asked.at, "close_reason": "", "late": False,
        "due_at": placed.pay_by,
    }  # fmt: skip


def _lines(order_id: UUID, part: Part) -> list[dict[str, Any]]:
    return [_line(order_id, position, part) for position in range(len(part.lines))]


def _line(order_id: UUID, position: int, part: Part) -> dict[str, Any]:
    (line, terms, share), coupon = part.lines[position], part.claim.coupon if part.claim else None
    return {
        "id": new_id(), "order_id": order_id, "position": position, "offer_id": terms.offer_id,
        "sku_id": terms.sku_id, "product_id": terms.product_id, "category_id": terms.category_id,
        "title": terms.title, "options": terms.options, "picture": terms.picture, "quantity": line.quantity,
        "unit_price_minor": terms.price.minor, "list_price_minor": terms.list_price.minor,
        "discount_minor": part.discounts[position], "coupon_id": coupon.id if coupon else None,
        "discount_payer": coupon.payer if coupon else "", "freight_minor": share.minor,
        "timed_price_id": terms.timed_price_id, "plan_id": terms.plan_id, "commission_bp": terms.commission_bp,
        "creator_id": line.origin.creator, "promises": _promises(terms),
        "origin": line.origin.as_json(), "refunded_quantity": 0, "refunded_minor": 0,
    }  # fmt: skip


def _promises(terms: DealTerms) -> dict[str, int | None]:
    """What the shop promises of a line, from payment and from shipping on."""
    plan = terms.freight_plan
    return {
        "ships_within_hours": terms.ships_within_hours,
        "arrives_within_days": plan.arrives_within_days if plan else None,
    }


def _order_placed(order_id: UUID, part: Part, placed: Placed, region: str) -> OrderPlaced:
    goods, freight = part.goods.minor, part.freight.minor
    return OrderPlaced(
        order_id=order_id, checkout_id=placed.checkout_id, shop_id=part.merchant_id, buyer=None, goods_minor=goods,
        freight_minor=freight, total_minor=goods + freight, currency=placed.total.currency, region=region,
        pay_by=placed.pay_by,
    )  # fmt: skip


def _lines_placed(
    order_id: UUID, part: Part, rows: Sequence[dict[str, Any]], names: Mapping[UUID, UUID]
) -> list[LinePlaced]:
    ids = {row["offer_id"]: row["id"] for row in rows if row["order_id"] == order_id}
    return [
        LinePlaced(
            order_id=order_id, line_id=ids[terms.offer_id], shop_id=part.merchant_id, buyer=None,
            product_id=terms.product_id, sku_id=terms.sku_id, offer_id=terms.offer_id,
            category_id=terms.category_id, quantity=line.quantity, unit_price_minor=terms.price.minor,
            list_price_minor=terms.list_price.minor, discount_minor=discount, freight_minor=share.minor,
            currency=share.currency, creator=names.get(line.origin.creator) if line.origin.creator else None,
            commission_bp=terms.commission_bp, entry=line.origin.entry, session_id=line.origin.session,
            card_id=line.origin.card, clip_id=line.origin.clip, decision_id=line.origin.decision,
            ships_within_hours=terms.ships_within_hours,
        )
        for (line, terms, share), discount in zip(part.lines, part.discounts, strict=True)
    ]  # fmt: skip


def _coupon_used(order_id: UUID, part: Part, claim: Claim) -> CouponUsed:
    return CouponUsed(
        order_id, claim.coupon.id, claim.id, part.merchant_id, None, sum(part.discounts), claim.coupon.payer
    )
