"""May an account act for a seller? The one place that answers."""

from uuid import UUID

from django.db.models import Q, QuerySet

from laotie.kit import clock
from laotie.people.grants import contracts
from laotie.people.grants.errors import NoGrant
from laotie.people.grants.models import Grant
from laotie.people.grants.owners import owns


def require(account_id: UUID, scope: str, seller_id: UUID) -> None:
    """Raises NoGrant unless the account owns the seller or holds a grant of `scope` that runs now."""
    if not may(account_id, scope, seller_id):
        raise NoGrant


def may(account_id: UUID, scope: str, seller_id: UUID) -> bool:
    """Whether the account owns the seller (all scopes) or holds a grant of `scope` that runs now."""
    if owns(account_id, seller_id):
        return True
    return running().filter(account_id=account_id, scope=scope, seller_id=seller_id).exists()


def grants_at(seller_id: UUID) -> list[contracts.Grant]:
    """Every grant at a seller that runs now, oldest first."""
    return [view(row) for row in running().filter(seller_id=seller_id).order_by("given_at", "pk")]


def scopes_of(account_id: UUID, seller_id: UUID) -> list[str]:
    """Every scope the account may use at the seller now, in the order of SCOPES."""
    if owns(account_id, seller_id):
        return list(contracts.SCOPES)
    held = set(running().filter(account_id=account_id, seller_id=seller_id).values_list("scope", flat=True))
    return [scope for scope in contracts.SCOPES if scope in held]


def grants_of(account_id: UUID) -> list[contracts.Grant]:
    """Every grant an account holds that runs now, at any seller."""
    return [view(row) for row in running().filter(account_id=account_id).order_by("given_at", "pk")]


def running() -> QuerySet[Grant]:
    """Grants that are neither revoked nor past their time."""
    now = clock.now()
    return Grant.objects.filter(Q(until=None) | Q(until__gt=now), revoked_at=None)


def view(row: Grant) -> contracts.Grant:
    """The contract of a row."""
    return contracts.Grant(row.pk, row.account_id, row.seller_id, row.scope, row.given_by_id, row.given_at, row.until)
