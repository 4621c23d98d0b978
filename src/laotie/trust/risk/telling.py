"""Telling those whom a finding touches: what no longer counts, by which rule, and how to object."""

from uuid import UUID

from laotie.people.accounts import queries as accounts
from laotie.people.merchants import queries as merchants
from laotie.people.notices.actions import notify
from laotie.trust.risk.models import FindingRow


def voided(row: FindingRow) -> None:
    """Owners of the shops, and buyers who can still be named."""
    for shop_id, count in _by(row, "shop_id").items():
        for owner in _owners(shop_id):
            notify(
                owner,
                "score",
                "{count} deals of your shop no longer count in its score (rule {rule}). You can object within 7 days.",
                {"count": count, "rule": row.rule},
                _address(row, shop_id),
            )
    by_buyer = _by(row, "buyer")
    for name, account_id in accounts.by_pseudonym(by_buyer).items():
        notify(
            account_id,
            "score",
            "{count} of your deals no longer count in the scores of shops (rule {rule}). You can object within 7 days.",
            {"count": by_buyer[name], "rule": row.rule},
            _address(row, None),
        )


def restored(row: FindingRow) -> None:
    """Owners of the shops whose deals count again."""
    for shop_id, count in _by(row, "shop_id").items():
        for owner in _owners(shop_id):
            data = {"count": count}
            notify(owner, "score", "{count} deals of your shop count in its score again.", data, _address(row, shop_id))


def upheld(row: FindingRow) -> None:
    """Those whose objection was answered by a judgement that lets the void stand."""
    for said in row.objections.filter(answer=row.answer):
        link, data = _address(row, said.shop_id), {"answer": row.answer}
        notify(said.account_id, "score", "Your objection was heard; the deals stay void: {answer}", data, link)


def released(row: FindingRow) -> None:
    """Those whose objection was answered by a judgement that takes the void back."""
    for said in row.objections.filter(answer=row.answer):
        link, data = _address(row, said.shop_id), {"answer": row.answer}
        notify(said.account_id, "score", "Your objection was heard; the deals count again: {answer}", data, link)


def _address(row: FindingRow, shop_id: UUID | None) -> str:
    return f"/voids/{row.pk}/shop/{shop_id}/" if shop_id else f"/voids/{row.pk}/"


def _by(row: FindingRow, column: str) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for key in row.deals.values_list(column, flat=True):
        counts[key] = counts.get(key, 0) + 1
    return counts


def _owners(shop_id: UUID) -> list[UUID]:
    return [member.account_id for member in merchants.team(shop_id) if member.role == "owner"]
