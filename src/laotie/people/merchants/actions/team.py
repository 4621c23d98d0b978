"""A shop's team: who is in it, and who owns it. A shop always has an owner."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from laotie.kit import clock
from laotie.people.accounts.queries import account
from laotie.people.audit.actions import audit
from laotie.people.grants.actions import revoke_all
from laotie.people.grants.queries import require
from laotie.people.merchants.errors import AlreadyMember, LastOwner, NotAMember, OwnersOnly
from laotie.people.merchants.models import Invitation, Member, Merchant
from laotie.people.merchants.queries import require_owner


@transaction.atomic
def add_member(account_id: UUID, merchant_id: UUID, member_id: UUID) -> None:
    """Take an account into the team; what it may do is granted apart. Needs "team". Raises NoGrant, AlreadyMember."""
    require(account_id, "team", merchant_id)
    join(merchant_id, member_id)
    audit(account_id, "member.add", "merchant", merchant_id, {"member": str(member_id)})


@transaction.atomic
def remove_member(account_id: UUID, merchant_id: UUID, member_id: UUID) -> None:
    """Take an account out of the team (or leave oneself) and end its grants there.

    Others need "team"; an owner can only be removed by an owner. Raises NoGrant, OwnersOnly, NotAMember, LastOwner.
    """
    if account_id != member_id:
        require(account_id, "team", merchant_id)
    team = _locked_team(merchant_id)
    member = _found(team, member_id)
    if member.role == Member.Role.OWNER:
        _keep_an_owner(team, member)
        if account_id not in _owners(team):
            raise OwnersOnly
    member.delete()
    revoke_all(account_id, member_id, merchant_id)
    audit(account_id, "member.remove", "merchant", merchant_id, {"member": str(member_id)})


@transaction.atomic
def make_owner(account_id: UUID, merchant_id: UUID, member_id: UUID) -> None:
    """Let a member own the shop too. Raises OwnersOnly, NotAMember."""
    require_owner(account_id, merchant_id)
    member = _found(_locked_team(merchant_id), member_id)
    member.role = Member.Role.OWNER
    member.save(update_fields=["role"])
    audit(account_id, "member.own", "merchant", merchant_id, {"member": str(member_id)})


@transaction.atomic
def step_down(account_id: UUID, merchant_id: UUID) -> None:
    """Stop owning the shop and stay in its team. Raises OwnersOnly, NotAMember, LastOwner."""
    require_owner(account_id, merchant_id)
    team = _locked_team(merchant_id)
    member = _found(team, account_id)
    _keep_an_owner(team, member)
    member.role = Member.Role.STAFF
    member.save(update_fields=["role"])
    audit(account_id, "member.step_down", "merchant", merchant_id)


@transaction.atomic
def leave_all(account_id: UUID) -> None:
    """Leave every team (when the person is erased). Raises LastOwner for an open shop that nobody else owns.

    An application that waits or was rejected goes with its applicant, and so does the ownership of a closed shop.
    """
    Invitation.objects.filter(Q(email=account(account_id).email) | Q(invited_by_id=account_id)).delete()
    for member in Member.objects.filter(account_id=account_id).select_related("merchant"):
        if member.merchant.status == Merchant.Status.APPROVED:
            remove_member(account_id, member.merchant_id, account_id)
            continue
        member.delete()
        if member.merchant.status in {Merchant.Status.APPLIED, Merchant.Status.REJECTED}:
            member.merchant.delete()


def join(merchant_id: UUID, member_id: UUID) -> None:
    """Put an account into the team as staff. Raises AlreadyMember."""
    _made, new = Member.objects.get_or_create(
        merchant_id=merchant_id,
        account_id=member_id,
        defaults={"role": Member.Role.STAFF, "joined_at": clock.now()},
    )
    if not new:
        raise AlreadyMember


def _locked_team(merchant_id: UUID) -> list[Member]:
    """The merchant's row is the lock: two owners cannot leave at once and leave nobody."""
    Merchant.objects.select_for_update().filter(pk=merchant_id).first()
    return list(Member.objects.filter(merchant_id=merchant_id).order_by("pk"))


def _found(team: list[Member], member_id: UUID) -> Member:
    for member in team:
        if member.account_id == member_id:
            return member
    raise NotAMember


def _owners(team: list[Member]) -> set[UUID]:
    return {member.account_id for member in team if member.role == Member.Role.OWNER}


def _keep_an_owner(team: list[Member], leaving: Member) -> None:
    if _owners(team) == {leaving.account_id}:
        raise LastOwner
