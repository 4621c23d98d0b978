"""What-if for a kept score: what would have to change, by the rulebook and the curves of its day."""

from dataclasses import asdict

from laotie.engine.scores import explaining, wishing
from laotie.trust.scores import weeks
from laotie.trust.scores.contracts import Score, WhatIf, Wish
from laotie.trust.scores.models import ScoreRow
from laotie.trust.scores.ruling import of_version


def what_if(score: Score, target: float) -> WhatIf:
    """The fewest changes that bring the score to `target`."""
    rows = ScoreRow.objects.filter(
        kind=score.kind, entity_id=score.entity_id, day=score.day, run__series=score.series
    ).select_related("run__curves")
    row = rows.order_by("-run__known_until").first()
    if row is None or row.run.curves is None:
        return WhatIf(target, score.score, target <= score.score, ())
    curves = weeks.restored(row.run.curves)[score.kind]
    parts = [explaining.Part(**asdict(part)) for part in score.parts]
    found = wishing.what_if(parts, row.category, curves, target, of_version(score.rulebook))
    return WhatIf(found.target, found.score, found.reached, tuple(Wish(**asdict(wish)) for wish in found.wishes))
