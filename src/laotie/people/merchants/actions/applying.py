"""Asking for a shop, and the operators' answer."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from laotie.kit import clock
from laotie.people import words
from laotie.people.accounts.actions import hold
from laotie.people.accounts.queries import pseudonym, require_operator
from laotie.people.audit.actions import audit
from laotie.people.merchants import queries
from laotie.people.merchants.contracts import MerchantApplied, MerchantApproved, MerchantRejected, Shop
from laotie.people.merchants.errors import AlreadyAnswered, AlreadyApplied, NoSuchShop
from laotie.people.merchants.models import Member, Merchant
from laotie.people.notices.actions import notify
from laotie.stream.outbox.actions import emit


@transaction.atomic
def apply(account_id: UUID, name: str, intro: str, ships_from: str) -> Shop:
    """Ask the operators for a shop. Raises BadWords; AlreadyApplied while an application waits for its answer.

    Applying again after a no changes the rejected application, so its address and its history stay.
    """
    row = _mine_to_write(account_id)
    row.name = words.line(name, "name", at_least=2, at_most=80)
    row.intro = words.paragraphs(intro, "intro", at_most=2000)
    row.ships_from = words.line(ships_from, "ships_from", at_least=0, at_most=80)
    row.slug = row.slug or _free_slug(row.name)
    row.status, row.answer, row.applied_at = Merchant.Status.APPLIED, "", clock.now()
    row.save()
    Member.objects.get_or_create(
        merchant=row, account_id=account_id, defaults={"role": Member.Role.OWNER, "joined_at": clock.now()}
    )
    emit(MerchantApplied(shop_id=row.pk, applicant=pseudonym(account_id)))
    return queries.view(row)


@transaction.atomic
def approve(operator_id: UUID, merchant_id: UUID) -> None:
    """Open the shop. Raises OperatorsOnly, NoSuchShop, AlreadyAnswered."""
    require_operator(operator_id)
    row = _waiting(merchant_id)
    row.status, row.approved_at, row.answer = Merchant.Status.APPROVED, clock.now(), ""
    row.save(update_fields=["status", "approved_at", "answer"])
    audit(operator_id, "merchant.approve", "merchant", merchant_id)
    emit(MerchantApproved(shop_id=row.pk, slug=row.slug, name=row.name, ships_from=row.ships_from))
    sentence = _("Your shop “{shop}” is open. List your first product.")
    _tell_owners(row, sentence, {"shop": row.name}, f"/seller/{row.slug}/")


@transaction.atomic
def reject(operator_id: UUID, merchant_id: UUID, reason: str) -> None:
    """Say no, and why. Raises OperatorsOnly, NoSuchShop, AlreadyAnswered, BadWords."""
    require_operator(operator_id)
    row = _waiting(merchant_id)
    row.status, row.answer = Merchant.Status.REJECTED, words.paragraphs(reason, "reason", at_least=5, at_most=1000)
    row.save(update_fields=["status", "answer"])
    audit(operator_id, "merchant.reject", "merchant", merchant_id, {"reason": row.answer})
    emit(MerchantRejected(shop_id=row.pk))
    sentence = _("Your application for “{shop}” was not accepted: {reason} You can change it and apply again.")
    _tell_owners(row, sentence, {"shop": row.name, "reason": row.answer}, "/me/shops/apply")


def _mine_to_write(account_id: UUID) -> Merchant:
    """The account's rejected application, or a new one; the account row is locked so that two cannot wait at once."""
    hold(account_id)
    mine = Merchant.objects.filter(members__account_id=account_id, members__role=Member.Role.OWNER)
    waiting = mine.filter(status=Merchant.Status.APPLIED).first()
    if waiting is not None:
        raise AlreadyApplied(name=waiting.name)
    return mine.filter(status=Merchant.Status.REJECTED).order_by("-applied_at").first() or Merchant()


def _waiting(merchant_id: UUID) -> Merchant:
    row = Merchant.objects.select_for_update().filter(pk=merchant_id).first()
    if row is None:
        raise NoSuchShop
    if row.status != Merchant.Status.APPLIED:
        raise AlreadyAnswered
    return row


def _tell_owners(row: Merchant, sentence: str, data: dict[str, str], link: str) -> None:
    for owner_id in row.members.filter(role=Member.Role.OWNER).values_list("account_id", flat=True):
        notify(owner_id, "shop", sentence, data, link)


def _free_slug(name: str) -> str:
    """The name in ASCII where it has any; a random ending keeps two shops of one name apart."""
    slug = slugify(name)[:50]
    if slug and not Merchant.objects.filter(slug=slug).exists():
        return slug
    return f"{slug or 'shop'}-{secrets.token_hex(4)}"
