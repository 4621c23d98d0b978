"""Giving and taking back the right to act for a seller."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from laotie.kit import clock
from laotie.people.desk.actions import audit
from laotie.people.grants import contracts, queries
from laotie.people.grants.contracts import SCOPES
from laotie.people.grants.errors import BadScope
from laotie.people.grants.models import Grant

__all__ = ["grant", "revoke"]


@transaction.atomic
def grant(
    giver_id: UUID, account_id: UUID, scope: str, seller_id: UUID, until: datetime | None = None
) -> contracts.Grant:
    """Let `account_id` act for the seller. The giver needs "team" and the scope itself. Raises BadScope, NoGrant.

    A grant of the same scope that is not revoked is replaced, so its end can be moved.
    """
    if scope not in SCOPES:
        raise BadScope(field="scope")
    queries.require(giver_id, "team", seller_id)
    queries.require(giver_id, scope, seller_id)
    _revoke(giver_id, account_id, scope, seller_id)
    row = Grant.objects.create(
        account_id=account_id, seller_id=seller_id, scope=scope, given_by_id=giver_id, given_at=clock.now(), until=until
    )
    audit(giver_id, "grant.give", "seller", seller_id, {"to": str(account_id), "scope": scope})
    return queries.view(row)


@transaction.atomic
def revoke(giver_id: UUID, account_id: UUID, scope: str, seller_id: UUID) -> None:
    """Take a right back; nothing happens where there is none. Raises NoGrant when the giver lacks "team"."""
    queries.require(giver_id, "team", seller_id)
    if _revoke(giver_id, account_id, scope, seller_id):
        audit(giver_id, "grant.revoke", "seller", seller_id, {"from": str(account_id), "scope": scope})


def _revoke(giver_id: UUID, account_id: UUID, scope: str, seller_id: UUID) -> int:
    held = Grant.objects.filter(account_id=account_id, scope=scope, seller_id=seller_id, revoked_at=None)
    return held.update(revoked_at=clock.now(), revoked_by_id=giver_id)
