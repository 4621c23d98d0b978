"""Reading merchants and their teams."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from laotie.kit import clock
from laotie.kit.ids import id_of
from laotie.kit.prepared import Prepared, Row, array
from laotie.people.merchants import contracts
from laotie.people.merchants.contracts import Shop, TeamMember
from laotie.people.merchants.errors import NoSuchShop, NotAMember, OwnersOnly
from laotie.people.merchants.models import Invitation, Member, Merchant

SHOPS = Prepared(
    "merchants_shops",
    """
SELECT id, slug, name, intro, face, ships_from, status, applied_at, approved_at, answer
FROM merchants_merchant WHERE id = ANY ($1::uuid[])
""",
)


def shop(merchant_id: UUID) -> Shop:
    """One shop in any state. Raises NoSuchShop."""
    found = shops([merchant_id])
    if merchant_id not in found:
        raise NoSuchShop
    return found[merchant_id]


def shops(merchant_ids: Iterable[UUID]) -> dict[UUID, Shop]:
    """Those of `merchant_ids` that exist."""
    ids = set(merchant_ids)
    found = map(_shop, SHOPS.rows(array(list(ids)))) if ids else ()
    return {shop.id: shop for shop in found}


def shop_by_slug(slug: str) -> Shop:
    """Raises NoSuchShop."""
    row = Merchant.objects.filter(slug=slug).first()
    if row is None:
        raise NoSuchShop
    return view(row)


def shops_of(account_id: UUID) -> list[Shop]:
    """The shops whose team the account is in, oldest first."""
    rows = Merchant.objects.filter(members__account_id=account_id).order_by("applied_at", "pk")
    return [view(row) for row in rows]


def owns(account_id: UUID, merchant_id: UUID) -> bool:
    """Whether the account is an owner of a merchant that is, or was, open."""
    return Member.objects.filter(
        account_id=account_id,
        merchant_id=merchant_id,
        role=Member.Role.OWNER,
        merchant__status__in=[Merchant.Status.APPROVED, Merchant.Status.CLOSED, Merchant.Status.TAKEN_DOWN],
    ).exists()


def require_owner(account_id: UUID, merchant_id: UUID) -> None:
    """Raises OwnersOnly for everyone else."""
    if not owns(account_id, merchant_id):
        raise OwnersOnly


def is_member(account_id: UUID, merchant_id: UUID) -> bool:
    """Whether the account is in the shop's team, whatever the shop's state."""
    return Member.objects.filter(account_id=account_id, merchant_id=merchant_id).exists()


def require_member(account_id: UUID, merchant_id: UUID) -> None:
    """Raises NotAMember."""
    if not is_member(account_id, merchant_id):
        raise NotAMember


def application_of(account_id: UUID) -> Shop | None:
    """The account's application that waits or was rejected last; None where there is none."""
    rows = Merchant.objects.filter(
        members__account_id=account_id,
        members__role=Member.Role.OWNER,
        status__in=[Merchant.Status.APPLIED, Merchant.Status.REJECTED],
    )
    row = rows.order_by("status", "-applied_at").first()  # "applied" sorts before "rejected"
    return view(row) if row else None


def team(merchant_id: UUID) -> list[TeamMember]:
    """The shop's team, owners first, then by time of joining."""
    rows = Member.objects.filter(merchant_id=merchant_id).order_by("role", "joined_at", "pk")
    return [TeamMember(row.account_id, row.role, row.joined_at) for row in rows]


def owners(merchant_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The account that owns each shop: the first owner where there are several. One statement."""
    rows = Member.objects.filter(merchant_id__in=list(merchant_ids), role=Member.Role.OWNER)
    return dict(rows.order_by("-joined_at", "-pk").values_list("merchant_id", "account_id"))


def invitations(merchant_id: UUID) -> list[contracts.Invitation]:
    """Invitations that can still be taken, newest first."""
    rows = Invitation.objects.filter(
        merchant_id=merchant_id, accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    ).order_by("-invited_at")
    return [invitation_view(row) for row in rows]


def waiting(limit: int = 100) -> list[Shop]:
    """Applications that wait for an operator, oldest first."""
    rows = Merchant.objects.filter(status=Merchant.Status.APPLIED).order_by("applied_at", "pk")[:limit]
    return [view(row) for row in rows]


def invitation_view(row: Invitation) -> contracts.Invitation:
    """The contract of a row."""
    return contracts.Invitation(row.pk, row.email, list(row.scopes), row.invited_at, row.expires_at)


def _shop(row: Row) -> Shop:
    key, slug, name, intro, face, ships_from, status, applied_at, approved_at, answer = row
    return Shop(
        id=id_of(key),
        slug=slug,
        name=name,
        intro=intro,
        face=UUID(face) if face else None,
        ships_from=ships_from,
        status=status,
        applied_at=datetime.fromisoformat(applied_at),
        approved_at=datetime.fromisoformat(approved_at) if approved_at else None,
        answer=answer,
    )


def view(row: Merchant) -> Shop:
    """The contract of a row."""
    return Shop(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        intro=row.intro,
        face=row.face,
        ships_from=row.ships_from,
        status=row.status,
        applied_at=row.applied_at,
        approved_at=row.approved_at,
        answer=row.answer,
    )
