"""The popularity's reader of facts: every order line counts its product."""

from collections.abc import Sequence
from uuid import UUID

from laotie.places.popularity import actions
from laotie.places.popularity.contracts import Sale
from laotie.stream.facts import Recorded

KINDS = ("line.placed",)


def follow(facts: Sequence[Recorded]) -> None:
    """Count the lines among `facts`."""
    lines = [fact for fact in facts if fact.kind in KINDS]
    actions.count(Sale(UUID(line.body["product_id"]), int(line.body["quantity"]), line.occurred_at) for line in lines)
