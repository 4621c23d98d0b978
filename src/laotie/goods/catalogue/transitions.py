"""The states of a product and the acts that lead from one to another. No other code knows which act is allowed when."""

from laotie.goods.catalogue.errors import WrongStatus
from laotie.goods.catalogue.models import Product

DRAFT, LISTED, ENDED, TAKEN_DOWN = Product.Status.values

TRANSITIONS: dict[tuple[str, str], str] = {
    # (state, act): the state after it
    (DRAFT, "list"): LISTED,
    (ENDED, "list"): LISTED,
    (LISTED, "end"): ENDED,
    (DRAFT, "take_down"): TAKEN_DOWN,
    (LISTED, "take_down"): TAKEN_DOWN,
    (ENDED, "take_down"): TAKEN_DOWN,
    (TAKEN_DOWN, "restore"): ENDED,
}


def after(status: str, act: str) -> str:
    """The state that `act` leads to from `status`. Raises WrongStatus."""
    try:
        return TRANSITIONS[status, act]
    except KeyError:
        raise WrongStatus(status=status, act=act) from None


def allowed(status: str) -> frozenset[str]:
    """The acts that lead on from `status`."""
    return frozenset(act for (state, act) in TRANSITIONS if state == status)
