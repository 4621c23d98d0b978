"""What carriers say of parcels."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.trade.orders.actions.moves import arrive
from laotie.trade.orders.actions.step import lock
from laotie.trade.orders.contracts import Party, State
from laotie.trade.orders.errors import NoSuchParcel
from laotie.trade.orders.models import CarrierEventRow, OrderRow, ParcelRow

KINDS = frozenset({"picked_up", "in_transit", "out_for_delivery", "delivered", "problem"})


@transaction.atomic
def carrier_says(carrier: str, tracking: str, kind: str, at: datetime, *, words: str = "", place: str = "") -> None:
    """Keep a carrier's word on every parcel of that number; when all of an order is delivered, it is signed.

    The same word twice is one. Raises NoSuchParcel.
    """
    parcels = list(ParcelRow.objects.filter(carrier=carrier, tracking=tracking).order_by("pk"))
    if not parcels:
        raise NoSuchParcel
    rows = {row.pk: row for row in lock(parcel.order_id for parcel in parcels)}
    for parcel in parcels:
        CarrierEventRow.objects.get_or_create(
            parcel=parcel, kind=kind, at=at, defaults={"words": words[:200], "place": place[:80]}
        )
        if kind == "delivered":
            ParcelRow.objects.filter(pk=parcel.pk, signed_at=None).update(signed_at=at)
            _sign_if_all_arrived(parcel, rows)


def _sign_if_all_arrived(parcel: ParcelRow, rows: dict[UUID, OrderRow]) -> None:
    row = rows[parcel.order_id]
    waiting = ParcelRow.objects.filter(order_id=parcel.order_id, signed_at=None).exists()
    if row.state == State.SHIPPED and not waiting:
        arrive(row, Party.CARRIER)
