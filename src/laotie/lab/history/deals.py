"""Rows of an archive as trade takes them in."""

from collections.abc import Mapping, Sequence

from laotie.kit.money import split
from laotie.lab.history.batches import CheckoutRows, Row
from laotie.lab.history.goods import Naming, OfferTerms
from laotie.trade.orders.actions import PastCheckout, PastLine, PastOrder, PastParcel
from laotie.trade.orders.contracts import State
from laotie.trade.payments.actions import PastPayment

ENTRY = "direct"  # where an archive does not say how a buyer came in


def checkout(
    naming: Naming, rows: CheckoutRows, offers: Mapping[str, OfferTerms], homes: Mapping[str, Row]
) -> PastCheckout:
    """A checkout with its orders. What was paid is split over the orders by their value, to the minor unit."""
    first = rows.orders[0]
    shares = paid_shares(rows)
    return PastCheckout(
        id=naming.of("checkouts", first["checkout"] or first["id"]),
        buyer_id=naming.account(first["buyer"]),
        recipient=recipient(homes[first["buyer"]]),
        placed_at=min(row["placed_at"] for row in rows.orders),
        orders=tuple(_order(naming, row, rows, offers, share) for row, share in zip(rows.orders, shares, strict=True)),
    )


def paid_shares(rows: CheckoutRows) -> list[int]:
    """What came in for each order; only orders that were paid have a share, unless none was."""
    values = [sum(_value(line) for line in rows.lines[row["id"]]) if row["paid_at"] else 0 for row in rows.orders]
    return split(sum(payment["amount"] for payment in rows.payments), values)


def payments(naming: Naming, rows: CheckoutRows) -> list[PastPayment]:
    """What came in for the checkout, piece by piece."""
    checkout_id = naming.of("checkouts", rows.orders[0]["checkout"] or rows.orders[0]["id"])
    return [
        PastPayment(naming.of("payments", row["id"]), checkout_id, row["method"] or "", row["amount"], row["paid_at"])
        for row in rows.payments
    ]


def recipient(home: Row) -> dict[str, str]:
    """Where the parcels went, as far as the archive knows."""
    return {
        "name": home["name"],
        "phone": "",
        "region": home["region"] or "",
        "city": home["city"] or "",
        "street": "",
        "postcode": home["postcode"] or "",
    }


def _value(line: Row) -> int:
    return int(line["unit_price"]) * int(line["quantity"]) - (line["discount"] or 0) + (line["freight"] or 0)


def _order(
    naming: Naming, row: Row, rows: CheckoutRows, offers: Mapping[str, OfferTerms], paid_minor: int
) -> PastOrder:
    refunds = [refund for refund in rows.refunds.get(row["id"], []) if refund["state"] == "settled"]
    ends = [row["cancelled_at"], *(refund["settled_at"] for refund in refunds)]
    state = State(row["state"])
    return PastOrder(
        id=naming.of("orders", row["id"]),
        merchant_id=naming.shop(row["shop"]),
        state=state,
        lines=tuple(_line(naming, line, offers[line["offer"]]) for line in rows.lines[row["id"]]),
        parcels=tuple(_parcel(naming, parcel) for parcel in _sorted(rows.parcels.get(row["id"], []))),
        paid_minor=paid_minor,
        repaid_minor=min(paid_minor, sum(refund["amount"] for refund in refunds)),
        paid_at=row["paid_at"],
        ship_by=row["promised_ship_at"],
        done_at=row["done_at"],
        closed_at=next((at for at in ends if at), None) if state in (State.CANCELLED, State.REFUNDED) else None,
        closed_by=row["cancelled_by"] or "",
        close_reason=row["cancel_reason"] or "",
    )


def _sorted(parcels: Sequence[Row]) -> list[Row]:
    return sorted(parcels, key=lambda parcel: parcel["shipped_at"])


def _line(naming: Naming, row: Row, terms: OfferTerms) -> PastLine:
    return PastLine(
        id=naming.of("lines", row["id"]),
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
    )


def _parcel(naming: Naming, row: Row) -> PastParcel:
    return PastParcel(
        naming.of("parcels", row["id"]),
        (row["carrier"] or "")[:40],
        (row["tracking"] or "")[:40],
        row["shipped_at"],
        row["signed_at"],
    )
