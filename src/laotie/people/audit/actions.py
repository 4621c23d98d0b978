"""Writing privileged acts down."""

from typing import Any
from uuid import UUID

from laotie.kit import clock
from laotie.people.audit.models import Audit


def audit(account_id: UUID, act: str, object_kind: str, object_id: UUID, data: dict[str, Any] | None = None) -> None:
    """Record a privileged act in the transaction that does it. `act` is dotted ("merchant.approve"), `data` JSON."""
    Audit.objects.create(
        at=clock.now(),
        actor_id=account_id,
        act=act,
        object_kind=object_kind,
        object_id=object_id,
        data=data or {},
    )
