"""Reading appeals."""

from uuid import UUID

from laotie.people.grants import queries as grants
from laotie.trust.appeals.contracts import Appeal, State
from laotie.trust.appeals.errors import NoSuchAppeal
from laotie.trust.appeals.models import AppealRow


def appeal(appeal_id: UUID) -> Appeal:
    """An appeal, for those who judge. Raises NoSuchAppeal."""
    row = AppealRow.objects.filter(pk=appeal_id).first()
    if row is None:
        raise NoSuchAppeal
    return view(row)


def appeals_of(account_id: UUID, shop_id: UUID) -> list[Appeal]:
    """A shop's own appeals, newest first. Raises NoGrant."""
    grants.require(account_id, "score", shop_id)
    return [view(row) for row in AppealRow.objects.filter(shop_id=shop_id).order_by("-made_at")[:100]]


def waiting(most: int = 50) -> list[Appeal]:
    """Open appeals, the longest waiting first."""
    return [view(row) for row in AppealRow.objects.filter(state=State.OPEN).order_by("made_at")[:most]]


def of_line(line_id: UUID) -> Appeal | None:
    """The appeal against a deal, if there was one."""
    row = AppealRow.objects.filter(line_id=line_id).first()
    return view(row) if row else None


def view(row: AppealRow) -> Appeal:
    """The contract of a row."""
    return Appeal(
        row.pk, row.shop_id, row.line_id, row.order_id, row.product_id, row.outcome, row.cost, row.words,
        State(row.state), row.made_at, row.answer, row.judged_at,
    )  # fmt: skip
