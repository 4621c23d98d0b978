"""Giving and taking back the right to act for a seller. Every act is audited."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from laotie.kit import clock
from laotie.people.accounts.queries import pseudonym
from laotie.people.audit.actions import audit
from laotie.people.grants import contracts, queries
from laotie.people.grants.contracts import SCOPES, GrantGiven, GrantRevoked
from laotie.people.grants.errors import BadScope, BadUntil
from laotie.people.grants.models import Grant
from laotie.people.grants.owners import owned_by
from laotie.stream.outbox.actions import emit

__all__ = ["end_all", "grant", "owned_by", "revoke", "revoke_all"]


@transaction.atomic
def grant(
    giver_id: UUID, account_id: UUID, scope: str, seller_id: UUID, until: datetime | None = None
) -> contracts.Grant:
    """Let `account_id` act for the seller. The giver needs "team" and the scope itself.

    A grant of the same scope that is not revoked is replaced, so its end can be moved.
    Raises BadScope, BadUntil, NoGrant, NoSuchAccount.
    """
    if scope not in SCOPES:
        raise BadScope(field="scope")
    if until is not None and until <= clock.now():
        raise BadUntil(field="until")
    queries.require(giver_id, "team", seller_id)
    queries.require(giver_id, scope, seller_id)
    holder = pseudonym(account_id)
    _end(giver_id, list(_held(account_id, seller_id).filter(scope=scope)))
    row = Grant.objects.create(
        account_id=account_id, seller_id=seller_id, scope=scope, given_by_id=giver_id, given_at=clock.now(), until=until
    )
    audit(giver_id, "grant.give", "seller", seller_id, {"to": str(account_id), "scope": scope})
    emit(GrantGiven(row.pk, holder, pseudonym(giver_id), seller_id, scope, until))
    return queries.view(row)


@transaction.atomic
def revoke(giver_id: UUID, account_id: UUID, scope: str, seller_id: UUID) -> None:
    """Take a right back; nothing happens where there is none. Raises NoGrant when the giver lacks "team"."""
    queries.require(giver_id, "team", seller_id)
    _end(giver_id, list(_held(account_id, seller_id).filter(scope=scope)))


@transaction.atomic
def revoke_all(actor_id: UUID, account_id: UUID, seller_id: UUID) -> None:
    """End every right of an account at a seller, because it leaves. The caller has judged whether it may."""
    _end(actor_id, list(_held(account_id, seller_id)))


@transaction.atomic
def end_all(account_id: UUID) -> None:
    """End every right an account holds, at any seller (when the person is erased)."""
    _end(account_id, list(Grant.objects.select_for_update().filter(account_id=account_id, revoked_at=None)))


def _held(account_id: UUID, seller_id: UUID) -> QuerySet[Grant]:
    rows = Grant.objects.select_for_update().filter(account_id=account_id, seller_id=seller_id, revoked_at=None)
    return rows.order_by("pk")


def _end(actor_id: UUID, rows: list[Grant]) -> None:
    for row in rows:
        row.revoked_at, row.revoked_by_id = clock.now(), actor_id
        row.save(update_fields=["revoked_at", "revoked_by"])
        audit(actor_id, "grant.revoke", "seller", row.seller_id, {"from": str(row.account_id), "scope": row.scope})
        emit(GrantRevoked(row.pk, pseudonym(row.account_id), row.seller_id, row.scope))
