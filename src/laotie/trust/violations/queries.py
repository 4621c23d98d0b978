"""Reading violations, and finding whom an operator means."""

import re
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.errors import NoSuchProduct
from laotie.people.creators import queries as creators
from laotie.people.creators.errors import NoSuchCreator
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.errors import NoSuchShop
from laotie.trust.scores.contracts import CREATOR, PRODUCT, SHOP
from laotie.trust.violations import words
from laotie.trust.violations.contracts import Rule, Violation
from laotie.trust.violations.errors import NobodyToJudge, NoSuchViolation
from laotie.trust.violations.models import ViolationRow

ADDRESS = re.compile(r"(?:.*/)?(s|p|u)/([^/?#]+)")
KINDS = {"s": SHOP, "p": PRODUCT, "u": CREATOR}


def violation(violation_id: UUID) -> Violation:
    """Raises NoSuchViolation."""
    row = ViolationRow.objects.filter(pk=violation_id).first()
    if row is None:
        raise NoSuchViolation
    return view(row)


def of(kind: str, entity_id: UUID, most: int = 50) -> list[Violation]:
    """An entity's violations, newest first, voided ones too."""
    rows = ViolationRow.objects.filter(kind=kind, entity_id=entity_id).order_by("-judged_at")
    return [view(row) for row in rows[:most]]


def newest(most: int = 50) -> list[Violation]:
    """What was judged last in the whole market."""
    return [view(row) for row in ViolationRow.objects.order_by("-judged_at")[:most]]


def rule_name(rule: str) -> str:
    """What a rule is called, in the reader's language."""
    return str(words.RULES.get(rule, rule))


def named(address: str) -> tuple[str, UUID]:
    """Kind and id of the shop, product or creator whose page is at `address` (/s/…, /p/…, /u/…).

    Raises NobodyToJudge.
    """
    found = ADDRESS.fullmatch(address.strip())
    if found is None:
        raise NobodyToJudge(field="address")
    try:
        return KINDS[found[1]], _id(KINDS[found[1]], found[2])
    except (NoSuchShop, NoSuchProduct, NoSuchCreator, ValueError) as error:
        raise NobodyToJudge(field="address") from error


def _id(kind: str, key: str) -> UUID:
    if kind == SHOP:
        return merchants.shop_by_slug(key).id
    if kind == PRODUCT:
        return catalogue.product(UUID(key)).id
    return creators.creator_by_slug(key).account_id


def view(row: ViolationRow) -> Violation:
    """The contract of a row."""
    return Violation(
        row.pk, row.kind, row.entity_id, Rule(row.rule), row.points_bp, row.note, row.judged_at, row.judged_by_id,
        row.voided_at,
    )  # fmt: skip
