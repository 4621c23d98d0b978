"""What judged violations take off a total: straight down to nothing, and nothing while an appeal runs."""

from collections import defaultdict
from datetime import date

from ibis.expr.types import Table

from laotie.engine.scores.rulebook import Deductions


def deducted(violations: Table | None, day: date, rule: Deductions) -> dict[str, dict[str, float]]:
    """Points off the total on `day`, by kind and entity. Columns: `sides.Sides.violations`."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    if violations is None:
        return {}
    rows = violations.to_pyarrow().to_pylist()
    for row in sorted(rows, key=lambda row: (row["at"], str(row["rule"]), row["points"])):
        if not row["held"]:
            found[row["kind"]][str(row["entity"])] += left(row["points"], (day - row["at"].date()).days, rule)
    return {kind: {e: min(p, rule.most) for e, p in entities.items() if p > 0} for kind, entities in found.items()}


def left(points: float, age: int, rule: Deductions) -> float:
    """What is left of a violation's points `age` days after it was judged."""
    return points * (1 - age / rule.days) if 0 <= age < rule.days else 0.0
