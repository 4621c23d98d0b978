"""Writes of stock: thin covers of the SQL functions in this slice's migrations, which trade calls in its own SQL."""

from uuid import UUID

from django.db import connection, transaction

from laotie.goods.stock import queries
from laotie.goods.stock.errors import BadCount
from laotie.goods.stock.history import admit_history
from laotie.goods.stock.models import SoldOut, StockDoubt
from laotie.kit import clock

__all__ = ["admit_history", "give_back", "set_stock", "settle_doubts", "spread", "take"]

MOST = 10_000_000


def set_stock(offer_id: UUID, count: int, buckets: int | None = None, *, seen: int | None = None) -> int:
    """Make `count` pieces available, spread over `buckets`; returns what is available now.

    `seen` is the figure the person had before their eyes: then the difference is applied, so that what was sold
    meanwhile stays sold. Raises BadCount.
    """
    if not 0 <= count <= MOST:
        raise BadCount(field="stock", most=MOST)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT goods_stock_set(%s, %s, %s, %s)", [offer_id, count, buckets or spread(count), seen])
        return int(cursor.fetchone()[0])


def spread(count: int) -> int:
    """How many buckets `count` pieces deserve: few pieces need none, for a hot thing is listed with many."""
    return 1 if count < 200 else 4 if count < 2000 else 16


def take(offer_id: UUID, quantity: int) -> bool:
    """Take `quantity` or nothing. False only when less is left than that, after everyone who held some was done.

    Several offers in one transaction: in ascending id.
    """
    return bool(_call("SELECT goods_stock_take(%s, %s)", offer_id, quantity))


def give_back(offer_id: UUID, quantity: int) -> None:
    """Return what was taken."""
    _call("SELECT goods_stock_return(%s, %s)", offer_id, quantity)


def _call(statement: str, offer_id: UUID, quantity: int) -> object:
    if not 1 <= quantity <= MOST:
        raise BadCount(field="quantity", most=MOST)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [offer_id, quantity])
        row: tuple[object] = cursor.fetchone()
        return row[0]


DOUBTS_AT_ONCE = 1000


@transaction.atomic
def settle_doubts() -> dict[UUID, bool]:
    """Holders whose sold-out state is another than the market was last told, with the state now; notes it as told.

    A doubt is deleted before the stock is read, so that whoever moves stock after the reading leaves a new one.
    """
    rows = list(StockDoubt.objects.select_for_update(skip_locked=True).order_by("id")[:DOUBTS_AT_ONCE])
    StockDoubt.objects.filter(id__in=[row.id for row in rows]).delete()
    doubted = {row.holder for row in rows}
    empty = queries.sold_out(doubted)
    told = set(SoldOut.objects.filter(holder__in=doubted).values_list("holder", flat=True))
    SoldOut.objects.filter(holder__in=told - empty).delete()
    SoldOut.objects.bulk_create(
        [SoldOut(holder=holder, since=clock.now()) for holder in empty - told], ignore_conflicts=True
    )
    return {holder: holder in empty for holder in empty ^ told}
