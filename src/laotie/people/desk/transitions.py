"""The life of a report, in one table: (state, act) → state. Whatever is not here is refused."""

from laotie.people.desk.contracts import State
from laotie.people.desk.errors import AlreadyJudged

TABLE = {
    (State.OPEN, "dismiss"): State.DISMISSED,
    (State.OPEN, "warn"): State.WARNED,
    (State.OPEN, "take_down"): State.TAKEN_DOWN,
    (State.TAKEN_DOWN, "object"): State.OBJECTED,
    (State.OBJECTED, "uphold"): State.UPHELD,
    (State.OBJECTED, "restore"): State.RESTORED,
}


def after(state: str, act: str) -> State:
    """The state that `act` leads to. Raises AlreadyJudged."""
    target = TABLE.get((State(state), act))
    if target is None:
        raise AlreadyJudged
    return target
