"""What appeals do to a day's facts: what was voided never was, and what is appealed against is held until judged."""

from datetime import date, timedelta

import ibis
from ibis import _
from ibis.expr.types import Table

from laotie.trust.scores.reading import Reader

SEASON = 90  # days
FLOOR = (2, 3)  # so many reviews claimed to be malicious in a season give a floor


def voids(reader: Reader) -> Table:
    """Lines that count in no score: voided by a rule or an appeal, or held while an appeal runs."""
    cause = ["line_id", "cause_id"]  # a void may be taken back by a later fact that names its cause
    made = reader.table("deal.voided", cause, ever=True)
    voided = made.anti_join(reader.table("deal.restored", cause, ever=True), cause).select("line_id")
    return voided.union(_open(reader, "deal", "wrong").select(line_id="subject_id"), distinct=True)


def without_voided(reader: Reader, reviews: Table) -> Table:
    """The reviews but those that were voided, or are held as malicious while that is judged."""
    voided = reader.table("review.voided", ["line_id"], ever=True).select("line_id")
    held = _open(reader, "deal", "malicious").select(line_id="subject_id")
    return reviews.anti_join(voided.union(held), "line_id")


def violations(reader: Reader) -> Table | None:
    """Judged violations as the engine reads them; None where the market judged none."""
    if not reader.has("violation.judged"):
        return None
    judged = reader.table("violation.judged", ["violation_id", "score_kind", "entity_id", "rule"], whole=["points_bp"])
    voided = reader.table("violation.voided", ["violation_id"], ever=True).select("violation_id")
    held = _open(reader, "violation", "wrong").select(violation_id="subject_id", held=ibis.literal(1, "int8"))
    standing = judged.anti_join(voided, "violation_id").left_join(held, "violation_id")
    return standing.select(
        "at", "rule", kind="score_kind", entity="entity_id", points=_.points_bp / 10_000, held=_.held.fill_null(0)
    )


def floored(reader: Reader, day: date) -> frozenset[str]:
    """Sellers whose band does not fall below good: two or three reviews of a season were claimed to be malicious."""
    made = reader.table("appeal.made", ["appeal_id", "ground", "seller_id"], ever=True)
    judged = reader.table("appeal.judged", ["appeal_id", "verdict"], ever=True)
    since = ibis.literal(day - timedelta(days=SEASON - 1))
    season = made.filter((_.ground == "malicious") & _.at.date().between(since, ibis.literal(day)))
    claims = season.anti_join(judged.filter(_.verdict == "rejected"), "appeal_id")
    counted = claims.group_by("seller_id").aggregate(n=_.count()).filter(_.n.between(*FLOOR))
    return frozenset(counted.seller_id.to_pyarrow().to_pylist())


def _open(reader: Reader, subject: str, ground: str) -> Table:
    """Appeals that nobody has judged yet."""
    made = reader.table("appeal.made", ["appeal_id", "subject", "subject_id", "ground"], ever=True)
    judged = reader.table("appeal.judged", ["appeal_id"], ever=True)
    return made.filter((_.subject == subject) & (_.ground == ground)).anti_join(judged, "appeal_id")
