"""What an order takes of an offer and gives back: thin covers of the SQL functions that trade calls itself."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from laotie.goods.terms.contracts import Wanted
from laotie.goods.terms.errors import REASONS


def take(account_id: UUID, lines: Sequence[Wanted], at: datetime) -> None:
    """Take every line for the buyer, or nothing: stock, allotment and cap together, in one statement.

    Raises SoldOut, AllotmentGone, PriceOver, OverCap or NotOnSale, each with `offer_id` in its data.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT goods_take(%s, %s::uuid[], %s::uuid[], %s::int[], %s)", [account_id, *_columns(lines), at]
        )
        refused = cursor.fetchone()[0]
        if refused is not None:
            answer = json.loads(refused) if isinstance(refused, str) else refused
            raise REASONS[answer["reason"]](offer_id=answer["offer"], cap=answer.get("cap"))


def give_back(account_id: UUID, lines: Sequence[Wanted]) -> None:
    """Undo `take` of these lines, wholly or in part."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT goods_return(%s, %s::uuid[], %s::uuid[], %s::int[])", [account_id, *_columns(lines)])


def _columns(lines: Sequence[Wanted]) -> tuple[list[UUID], list[UUID | None], list[int]]:
    return (
        [line.offer_id for line in lines],
        [line.timed_price_id for line in lines],
        [line.quantity for line in lines],
    )
