"""Reading what an account keeps for later."""

from collections.abc import Iterable
from uuid import UUID

from laotie.people.saved.models import Saved


def saved(account_id: UUID, *, limit: int = 60, offset: int = 0) -> list[UUID]:
    """The products the account keeps, newest first."""
    rows = Saved.objects.filter(account_id=account_id).order_by("-saved_at", "-pk")[offset : offset + limit]
    return list(rows.values_list("product_id", flat=True))


def which_saved(account_id: UUID, product_ids: Iterable[UUID]) -> set[UUID]:
    """Those of `product_ids` that the account keeps, in one statement."""
    rows = Saved.objects.filter(account_id=account_id, product_id__in=set(product_ids))
    return set(rows.values_list("product_id", flat=True))


def count(account_id: UUID) -> int:
    """How many the account keeps."""
    return Saved.objects.filter(account_id=account_id).count()
