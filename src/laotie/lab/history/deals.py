"""Rows of an archive as trade takes them in: a checkout with its orders, lines, parcels, payments and refunds."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from laotie.kit.money import split
from laotie.lab.history.batches import CheckoutRows, Row
from laotie.lab.history.goods import Naming, OfferTerms
from laotie.trade.orders.actions import PastCheckout, PastLine, PastOrder, PastParcel, PastRepayment
from laotie.trade.orders.contracts import State
from laotie.trade.payments.actions import PastPayment
from laotie.trade.refunds.actions import PastRefund, PastRefundLine
from laotie.trade.refunds.contracts import Reason, RefundState
from laotie.trade.reviews.contracts import PastReview

ENTRY = "direct"  # where an archive does not say how a buyer came in
REFUND_STATES = {"asked": RefundState.ASKED, "settled": RefundState.SETTLED, "refused": RefundState.DECLINED}
Offers = Mapping[str, OfferTerms]


def checkout(naming: Naming, rows: CheckoutRows, offers: Offers, homes: Mapping[str, Row]) -> PastCheckout:
    """A checkout with its orders. What was paid is split over the orders by their value, to the minor unit."""
    first = rows.orders[0]
    shares = paid_shares(rows)
    return PastCheckout(
        id=checkout_id(naming, rows),
        buyer_id=naming.account(first["buyer"]),
        recipient=recipient(homes[first["buyer"]]),
        placed_at=min(row["placed_at"] for row in rows.orders),
        orders=tuple(_order(naming, row, rows, offers, share) for row, share in zip(rows.orders, shares, strict=True)),
    )  # fmt: skip


def checkout_id(naming: Naming, rows: CheckoutRows) -> UUID:
    first = rows.orders[0]
    return naming.of("checkouts", first["checkout"] or first["id"])


def paid_shares(rows: CheckoutRows) -> list[int]:
    """What came in for each order; only orders that were paid have a share, unless none was."""
    values = [sum(value(line) for line in rows.lines[row["id"]]) if row["paid_at"] else 0 for row in rows.orders]
    return split(sum(payment["amount"] for payment in rows.payments), values)


def recipient(home: Row) -> dict[str, str]:
    """Where the parcels went, as far as the archive knows."""
    known = {name: home[name] or "" for name in ("name", "region", "city", "postcode")}
    return known | {"phone": "", "street": ""}


def value(line: Row) -> int:
    """What a line cost, freight included, in minor units."""
    return int(line["unit_price"]) * int(line["quantity"]) - (line["discount"] or 0) + (line["freight"] or 0)


def payments(naming: Naming, rows: CheckoutRows) -> Iterator[PastPayment]:
    """What came in for the checkout, piece by piece; what went back is taken from the first that has it."""
    back = sum(refund["amount"] for refunds in rows.refunds.values() for refund in refunds if _settled(refund))
    for row in rows.payments:
        given = min(back, row["amount"])
        back -= given
        yield PastPayment(
            naming.of("payments", row["id"]), checkout_id(naming, rows), row["method"] or "", row["amount"], given,
            row["paid_at"],
        )  # fmt: skip


def refunds(naming: Naming, rows: CheckoutRows) -> Iterator[PastRefund]:
    """The askings of the checkout's orders; one without a line is of the whole order."""
    for order in rows.orders:
        for row in rows.refunds.get(order["id"], []):
            yield PastRefund(
                id=naming.of("refunds", row["id"]),
                order_id=naming.of("orders", order["id"]),
                merchant_id=naming.shop(order["shop"]),
                buyer_id=naming.account(order["buyer"]),
                state=REFUND_STATES[row["state"]],
                reason=Reason(row["reason"]),
                words=row["words"] or "",
                lines=tuple(_refunded(naming, row, rows.lines[order["id"]])),
                shipped=order["id"] in rows.parcels,
                asked_at=row["asked_at"],
                closed_at=row["settled_at"],
            )


def reviews(naming: Naming, rows: CheckoutRows, offers: Offers) -> Iterator[PastReview]:
    """What the buyer said of the checkout's lines."""
    for order in rows.orders:
        for line in rows.lines[order["id"]]:
            terms = offers[line["offer"]]
            for row in rows.reviews.get(line["id"], []):
                yield PastReview(
                    line_id=naming.of("lines", line["id"]),
                    order_id=naming.of("orders", order["id"]),
                    product_id=terms.product_id,
                    merchant_id=naming.shop(order["shop"]),
                    buyer_id=naming.account(order["buyer"]),
                    title=terms.title,
                    options=terms.options,
                    stars=row["stars"],
                    words=row["words"] or "",
                    written_at=row["written_at"],
                    answer=row["answer"] or "",
                    answered_at=row["answered_at"],
                )


def _refunded(naming: Naming, refund: Row, lines: list[Row]) -> Iterator[PastRefundLine]:
    meant = [line for line in lines if refund["line"] in (None, line["id"])]
    shares = split(refund["amount"], [value(line) for line in meant])
    for line, share in zip(meant, shares, strict=True):
        yield PastRefundLine(naming.of("lines", line["id"]), line["quantity"], share)


def _settled(refund: Row) -> bool:
    return bool(refund["state"] == "settled")


def _order(naming: Naming, row: Row, rows: CheckoutRows, offers: Offers, paid_minor: int) -> PastOrder:
    refunds = rows.refunds.get(row["id"], [])
    settled = [refund for refund in refunds if _settled(refund)]
    state = State(row["state"])
    ends = [row["cancelled_at"], *(refund["settled_at"] for refund in settled)]
    back = _given_back(naming, settled, rows.lines[row["id"]])
    return PastOrder(
        id=naming.of("orders", row["id"]),
        merchant_id=naming.shop(row["shop"]),
        state=state,
        lines=tuple(_line(naming, line, offers[line["offer"]], back) for line in rows.lines[row["id"]]),
        parcels=tuple(_parcel(naming, parcel) for parcel in _by_time(rows.parcels.get(row["id"], []))),
        paid_minor=paid_minor,
        repayments=tuple(_repayments(naming, settled, paid_minor)),
        paid_at=row["paid_at"],
        ship_by=row["promised_ship_at"],
        arrive_by=row["promised_arrival_at"],
        done_at=row["done_at"],
        refund_asked_at=refunds[0]["asked_at"] if refunds else None,
        closed_at=next((at for at in ends if at), None) if state in (State.CANCELLED, State.REFUNDED) else None,
        closed_by=row["cancelled_by"] or "",
        close_reason=row["cancel_reason"] or "",
    )


def _repayments(naming: Naming, settled: list[Row], paid_minor: int) -> Iterator[PastRepayment]:
    """What went back, never more than what came in."""
    for refund in settled:
        amount = min(paid_minor, refund["amount"])
        paid_minor -= amount
        if amount:
            yield PastRepayment(
                naming.of("repayments", refund["id"]), amount, f"refund {refund['id']}", refund["settled_at"]
            )


def _given_back(naming: Naming, settled: list[Row], lines: list[Row]) -> dict[UUID, PastRefundLine]:
    """The last refund of each line that was given."""
    return {part.line_id: part for refund in settled for part in _refunded(naming, refund, lines)}


def _by_time(parcels: list[Row]) -> list[Row]:
    return sorted(parcels, key=lambda parcel: parcel["shipped_at"])


def _line(naming: Naming, row: Row, terms: OfferTerms, back: Mapping[UUID, PastRefundLine]) -> PastLine:
    line_id = naming.of("lines", row["id"])
    refunded = back.get(line_id)
    return PastLine(
        id=line_id,
        offer_id=terms.offer_id,
        sku_id=terms.sku_id,
        product_id=terms.product_id,
        category_id=terms.category_id,
        title=terms.title,
        options=terms.options,
        picture=terms.picture,
        quantity=row["quantity"],
        unit_price_minor=row["unit_price"],
        discount_minor=row["discount"] or 0,
        freight_minor=row["freight"] or 0,
        ships_within_hours=terms.ships_within_hours,
        creator_id=naming.account(row["creator"]) if row["creator"] else None,
        commission_bp=row["commission_bp"] or 0,
        entry=row["entry"] or ENTRY,
        refunded_quantity=refunded.quantity if refunded else 0,
        refunded_minor=refunded.amount_minor if refunded else 0,
        session_id=naming.of("sessions", row["session"]) if row["session"] else None,
        card_id=naming.of("cards", row["card"]) if row["card"] else None,
    )


def _parcel(naming: Naming, row: Row) -> PastParcel:
    carrier, tracking = row["carrier"] or "", row["tracking"] or ""
    return PastParcel(naming.of("parcels", row["id"]), carrier, tracking, row["shipped_at"], row["signed_at"])
