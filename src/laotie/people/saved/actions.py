"""Keeping products for later. Doing the same thing twice changes nothing."""

from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.people.saved import queries
from laotie.people.saved.errors import SavedTooMany
from laotie.people.saved.models import Saved

__all__ = ["forget", "save", "unsave"]

MOST = 1000


@transaction.atomic
def save(account_id: UUID, product_id: UUID) -> None:
    """Keep a product. Products live on the floor above: an id that names none is shown nowhere. Raises SavedTooMany."""
    if queries.count(account_id) >= MOST:
        raise SavedTooMany(most=MOST)
    Saved.objects.get_or_create(account_id=account_id, product_id=product_id, defaults={"saved_at": clock.now()})


def unsave(account_id: UUID, product_id: UUID) -> None:
    """Keep it no longer."""
    Saved.objects.filter(account_id=account_id, product_id=product_id).delete()


def forget(account_id: UUID) -> None:
    """Keep nothing (when the person is erased)."""
    Saved.objects.filter(account_id=account_id).delete()
