"""Inviting into a shop's team by e-mail. The link in the mail is the key: the invitation's id, signed."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from laotie.kit import clock
from laotie.people.accounts.errors import BadEmail
from laotie.people.audit.actions import audit
from laotie.people.grants.actions import grant
from laotie.people.grants.contracts import SCOPES
from laotie.people.grants.errors import BadScope, NoGrant
from laotie.people.grants.queries import may, require
from laotie.people.merchants import contracts, queries
from laotie.people.merchants.actions.team import join
from laotie.people.merchants.errors import AlreadyMember, NoSuchInvitation
from laotie.people.merchants.models import Invitation, Merchant

VALID_FOR = timedelta(days=7)
SIGNER = Signer(salt="laotie.merchants.invitation")


@transaction.atomic
def invite(account_id: UUID, merchant_id: UUID, email: str, scopes: list[str]) -> contracts.Invitation:
    """Offer a place in the team, with `scopes`, by mail. The inviter needs "team" and every scope it offers.

    A second invitation of one address withdraws the first. Raises NoGrant, BadEmail, BadScope.
    """
    _check(account_id, merchant_id, scopes)
    email, now = _address(email), clock.now()
    _open(merchant_id).filter(email=email).update(withdrawn_at=now)
    row = Invitation.objects.create(
        merchant_id=merchant_id,
        email=email,
        scopes=sorted(set(scopes)),
        invited_by_id=account_id,
        invited_at=now,
        expires_at=now + VALID_FOR,
    )
    audit(account_id, "member.invite", "merchant", merchant_id, {"invitation": str(row.pk), "scopes": row.scopes})
    from laotie.people.merchants.tasks import mail_invitation

    mail_invitation.defer(invitation_id=str(row.pk))
    return queries.invitation_view(row)


@transaction.atomic
def accept(account_id: UUID, key: str) -> contracts.Shop:
    """Take the place that the link offers; whoever holds the link and is signed in. Raises NoSuchInvitation.

    Scopes count only while the inviter still holds them, so an invitation gives nobody more than its giver has.
    """
    row = _live().select_for_update(of=("self",)).filter(pk=_opened(key)).first()
    if row is None:
        raise NoSuchInvitation
    if queries.is_member(account_id, row.merchant_id):
        raise AlreadyMember
    join(row.merchant_id, account_id)
    row.accepted_at = clock.now()
    row.save(update_fields=["accepted_at"])
    audit(account_id, "member.accept", "merchant", row.merchant_id, {"invitation": str(row.pk)})
    for scope in row.scopes:
        if may(row.invited_by_id, "team", row.merchant_id) and may(row.invited_by_id, scope, row.merchant_id):
            grant(row.invited_by_id, account_id, scope, row.merchant_id)
    return queries.shop(row.merchant_id)


@transaction.atomic
def withdraw(account_id: UUID, merchant_id: UUID, invitation_id: UUID) -> None:
    """Take an invitation back. Needs "team". Raises NoGrant, NoSuchInvitation."""
    require(account_id, "team", merchant_id)
    if not _open(merchant_id).filter(pk=invitation_id).update(withdrawn_at=clock.now()):
        raise NoSuchInvitation
    audit(account_id, "member.withdraw", "merchant", merchant_id, {"invitation": str(invitation_id)})


def offered(key: str) -> tuple[contracts.Shop, contracts.Invitation]:
    """What a link offers, for the page that asks whether to take it. Raises NoSuchInvitation."""
    row = _live().filter(pk=_opened(key)).first()
    if row is None:
        raise NoSuchInvitation
    return queries.shop(row.merchant_id), queries.invitation_view(row)


def _check(account_id: UUID, merchant_id: UUID, scopes: list[str]) -> None:
    require(account_id, "team", merchant_id)
    for scope in scopes:
        if scope not in SCOPES:
            raise BadScope(field="scopes")
        if not may(account_id, scope, merchant_id):
            raise NoGrant


def _live() -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
        merchant__status=Merchant.Status.APPROVED,
    )


def _open(merchant_id: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.filter(merchant_id=merchant_id, accepted_at=None, withdrawn_at=None)


def _address(email: str) -> str:
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise BadEmail(field="email") from error
    return email.strip().lower()


def key_of(invitation_id: UUID) -> str:
    """What the link of an invitation carries. It is made when the mail is, so that no job and no row holds it."""
    return SIGNER.sign(invitation_id.hex)


def _opened(key: str) -> UUID:
    try:
        return UUID(SIGNER.unsign(key))
    except (BadSignature, ValueError) as error:
        raise NoSuchInvitation from error
