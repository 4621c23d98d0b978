"""Who owns a seller, and so needs no grant: slices that know sellers say so (bound in `runtime.bindings`)."""

from collections.abc import Callable
from uuid import UUID

Owns = Callable[[UUID, UUID], bool]
_known: list[Owns] = []


def owned_by(owns: Owns) -> None:
    """Let `owns(account_id, seller_id)` say whether an account owns a seller."""
    if owns not in _known:
        _known.append(owns)


def owns(account_id: UUID, seller_id: UUID) -> bool:
    """Whether anybody says that the account owns the seller."""
    return any(says(account_id, seller_id) for says in _known)
