"""Appeals in words, with what they are about."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from laotie.goods.catalogue import queries as catalogue
from laotie.trust.appeals.contracts import Appeal, Ground, Subject
from laotie.trust.scores import queries as scores
from laotie.trust.violations.queries import rule_name


def rows(appeals: Iterable[Appeal]) -> list[dict[str, Any]]:
    """Appeals as pages show them."""
    appeals = list(appeals)
    products = catalogue.products(appeal.product_id for appeal in appeals if appeal.product_id)
    named: dict[UUID, Any] = {}
    for kind in {appeal.kind for appeal in appeals}:
        named |= scores.named(kind, [appeal.entity_id for appeal in appeals if appeal.kind == kind])
    return [
        {
            "appeal": appeal,
            "of": named.get(appeal.entity_id),
            "product": products.get(appeal.product_id) if appeal.product_id else None,
            "outcome": outcome(appeal),
            "malicious": appeal.ground is Ground.MALICIOUS,
            "of_violation": appeal.subject is Subject.VIOLATION,
        }
        for appeal in appeals
    ]


def outcome(appeal: Appeal) -> str:
    """What happened, as it is called."""
    if appeal.subject is Subject.VIOLATION:
        return rule_name(appeal.outcome)
    return scores.in_words(appeal.outcome)
