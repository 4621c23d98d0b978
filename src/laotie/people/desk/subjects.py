"""The kinds of thing that can be reported, as their rooms registered them at start-up."""

from uuid import UUID

from laotie.people.desk.contracts import Reportable, Subject
from laotie.people.desk.errors import NotReportable

_kinds: dict[str, Reportable] = {}


def register(reportable: Reportable) -> None:
    """Let things of this kind be reported; registering a kind again replaces it."""
    _kinds[reportable.kind] = reportable


def of_kind(kind: str) -> Reportable:
    """Raises NotReportable."""
    if kind not in _kinds:
        raise NotReportable
    return _kinds[kind]


def can_take_down(kind: str) -> bool:
    return kind in _kinds and _kinds[kind].take_down is not None


def describe(account_id: UUID, kind: str, object_id: UUID) -> Subject:
    """The thing as `account_id` may see it. Raises NotReportable, and its room's NotFound and Forbidden."""
    return of_kind(kind).describe(account_id, object_id)
