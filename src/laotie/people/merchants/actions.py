"""Writing merchants: applying, the operator's answer, the team."""

import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from laotie.kit import clock
from laotie.people import words
from laotie.people.accounts.queries import require_operator
from laotie.people.desk.actions import audit
from laotie.people.grants.queries import require
from laotie.people.merchants import queries
from laotie.people.merchants.contracts import Shop
from laotie.people.merchants.errors import (
    AlreadyAnswered,
    AlreadyApplied,
    AlreadyMember,
    LastOwner,
    NoSuchShop,
    NotAMember,
)
from laotie.people.merchants.models import Member, Merchant

__all__ = ["add_member", "apply", "approve", "reject", "remove_member"]


@transaction.atomic
def apply(account_id: UUID, name: str, intro: str, ships_from: str) -> Shop:
    """Ask the operators for a shop. Raises BadWords; AlreadyApplied while an application waits for its answer."""
    waiting = Merchant.objects.filter(members__account_id=account_id, status=Merchant.Status.APPLIED).first()
    if waiting is not None:
        raise AlreadyApplied(name=waiting.name)
    name = words.line(name, "name", at_least=2, at_most=80)
    row = Merchant.objects.create(
        slug=_free_slug(name),
        name=name,
        intro=words.paragraphs(intro, "intro", at_most=2000),
        ships_from=words.line(ships_from, "ships_from", at_most=80),
        applied_at=clock.now(),
    )
    Member.objects.create(merchant=row, account_id=account_id, role=Member.Role.OWNER, joined_at=clock.now())
    return queries.view(row)


@transaction.atomic
def approve(operator_id: UUID, merchant_id: UUID) -> None:
    """Open the shop. Raises OperatorsOnly, NoSuchShop, AlreadyAnswered."""
    require_operator(operator_id)
    row = _waiting(merchant_id)
    row.status, row.approved_at, row.answer = Merchant.Status.APPROVED, clock.now(), ""
    row.save(update_fields=["status", "approved_at", "answer"])
    audit(operator_id, "merchant.approve", "merchant", merchant_id)


@transaction.atomic
def reject(operator_id: UUID, merchant_id: UUID, reason: str) -> None:
    """Say no, and why. Raises OperatorsOnly, NoSuchShop, AlreadyAnswered, BadWords."""
    require_operator(operator_id)
    row = _waiting(merchant_id)
    row.status, row.answer = Merchant.Status.REJECTED, words.paragraphs(reason, "reason", at_least=5, at_most=1000)
    row.save(update_fields=["status", "answer"])
    audit(operator_id, "merchant.reject", "merchant", merchant_id, {"reason": row.answer})


@transaction.atomic
def add_member(account_id: UUID, merchant_id: UUID, member_id: UUID) -> None:
    """Take an account into the team; what it may do is granted apart. Raises Forbidden, AlreadyMember."""
    require(account_id, "team", merchant_id)
    try:
        with transaction.atomic():
            Member.objects.create(
                merchant_id=merchant_id, account_id=member_id, role=Member.Role.STAFF, joined_at=clock.now()
            )
    except IntegrityError as error:
        raise AlreadyMember from error
    audit(account_id, "member.add", "merchant", merchant_id, {"member": str(member_id)})


@transaction.atomic
def remove_member(account_id: UUID, merchant_id: UUID, member_id: UUID) -> None:
    """Take an account out of the team (or leave oneself). Raises Forbidden, NotAMember, LastOwner."""
    if account_id != member_id:
        require(account_id, "team", merchant_id)
    team = list(Member.objects.select_for_update().filter(merchant_id=merchant_id).order_by("pk"))
    member = next((row for row in team if row.account_id == member_id), None)
    if member is None:
        raise NotAMember
    if [row for row in team if row.role == Member.Role.OWNER] == [member]:
        raise LastOwner
    member.delete()
    audit(account_id, "member.remove", "merchant", merchant_id, {"member": str(member_id)})


def _waiting(merchant_id: UUID) -> Merchant:
    row = Merchant.objects.select_for_update().filter(pk=merchant_id).first()
    if row is None:
        raise NoSuchShop
    if row.status != Merchant.Status.APPLIED:
        raise AlreadyAnswered
    return row


def _free_slug(name: str) -> str:
    """The name in ASCII where it has any; a random ending keeps two shops of one name apart."""
    slug = slugify(name)[:50]
    if slug and not Merchant.objects.filter(slug=slug).exists():
        return slug
    return f"{slug or 'shop'}-{secrets.token_hex(4)}"
