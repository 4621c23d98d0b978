"""Reading scores."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from laotie.engine.scores.rulebook import Rulebook
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.stream.lake.queries import Snapshot
from laotie.trust.scores import trying, words
from laotie.trust.scores.contracts import PRODUCT, PUBLISHED, SHOP, Cost, Decided, Part, Run, Score, Tried
from laotie.trust.scores.errors import NoScore
from laotie.trust.scores.models import ScoreRow, ScoreRun


def score(kind: str, entity_id: UUID) -> Score | None:
    """The newest score of an entity, corrected or published; None before its first deal matured."""
    return next(iter(scores(kind, [entity_id]).values()), None)


def required(kind: str, entity_id: UUID) -> Score:
    """The same, where there must be one. Raises NoScore."""
    found = score(kind, entity_id)
    if found is None:
        raise NoScore
    return found


def shop_for(account_id: UUID, slug: str) -> Shop:
    """The shop whose score the account may see in full. Raises NoSuchShop, NoGrant."""
    shop = merchants.shop_by_slug(slug)
    grants.require(account_id, "score", shop.id)
    return shop


def scores(kind: str, entity_ids: Iterable[UUID]) -> dict[UUID, Score]:
    """The newest scores of many, in one statement; those without one are left out."""
    rows = ScoreRow.objects.filter(kind=kind, entity_id__in=list(entity_ids)).select_related("run")
    newest = rows.order_by("entity_id", "-day", "-run__known_until").distinct("entity_id")
    return {row.entity_id: view(row) for row in newest}


def history(kind: str, entity_id: UUID, series: str = PUBLISHED, most: int = 90) -> list[Score]:
    """An entity's scores day by day, newest first."""
    rows = ScoreRow.objects.filter(kind=kind, entity_id=entity_id, run__series=series).select_related("run")
    return [view(row) for row in rows.order_by("-day", "-run__known_until")[:most]]


def run_of(day: date, series: str, *, lock: bool = False) -> Run | None:
    """The newest run of a day, or None."""
    rows = ScoreRun.objects.filter(day=day, series=series).order_by("-known_until")
    found = (rows.select_for_update() if lock else rows).first()
    return run_view(found) if found else None


def days_since(first: date, series: str) -> list[date]:
    """The days from `first` on that have a run, oldest first."""
    return list(ScoreRun.objects.filter(day__gte=first, series=series).order_by("day").values_list("day", flat=True))


def first_day_with(kind: str, entity_id: UUID, line_id: UUID) -> date:
    """The first published day on which a deal is among those that cost the entity most. Raises NoScore."""
    rows = ScoreRow.objects.filter(kind=kind, entity_id=entity_id, costs__contains=[{"line_id": str(line_id)}])
    first = rows.order_by("day").values_list("day", flat=True).first()
    if first is None:
        raise NoScore
    return first


def newest_day() -> date:
    """The newest market day that has scores; date.min where none has."""
    return ScoreRun.objects.aggregate(day=Max("day"))["day"] or date.min


def recent_figures(kind: str, day: date, days: int) -> dict[UUID, tuple[str, list[float]]]:
    """For each entity its last settled band before `day`, and its scores of the `days` before, oldest first."""
    found: dict[UUID, tuple[str, list[float]]] = {}
    figures: dict[UUID, list[float]] = defaultdict(list)
    recent = ScoreRun.objects.filter(day__lt=day, series=PUBLISHED).order_by("-day").values("pk")[:days]
    rows = ScoreRow.objects.filter(kind=kind, run__in=list(recent.values_list("pk", flat=True))).order_by("day")
    for entity, band, score_e4 in rows.values_list("entity_id", "band", "score_e4"):
        figures[entity].append(score_e4 / 10_000)
        found[entity] = (band, figures[entity])
    return found


def decided(run_id: UUID) -> dict[tuple[str, UUID], Decided]:
    """Status and settled band of everything in a run, by (kind, entity)."""
    rows = ScoreRow.objects.filter(run_id=run_id).values_list("kind", "entity_id", "status", "band")
    return {(kind, entity): Decided(entity, status, band) for kind, entity, status, band in rows}


def tried(lake: Snapshot, day: date, rulebook: Rulebook) -> list[Tried]:
    """Everybody's score of `day` by a rulebook that may not be in force; nothing is kept."""
    return trying.tried(lake, day, rulebook)


def in_words(outcome: str) -> str:
    """What an outcome is called, in the reader's language."""
    return str(words.OUTCOMES.get(outcome, outcome))


def run_view(row: ScoreRun) -> Run:
    """The contract of a run."""
    kinds = list(row.rows.values_list("kind", flat=True))
    return Run(row.pk, row.day, row.series, row.rulebook, row.known_until, kinds.count(SHOP), kinds.count(PRODUCT))


def view(row: ScoreRow) -> Score:
    """The contract of a score."""
    return Score(
        kind=row.kind,
        entity_id=row.entity_id,
        day=row.day,
        series=row.run.series,
        rulebook=row.run.rulebook,
        score=row.score_e4 / 10_000,
        total=row.total,
        status=row.status,
        band=row.band,
        window=row.window,
        deals=row.deals,
        parts=tuple(Part(**part) for part in row.parts),
        costs=tuple(_cost(cost) for cost in row.costs),
        absent=tuple(row.run.absent.get(row.kind, ())),
    )


def _cost(kept: dict[str, Any]) -> Cost:
    keys = {name: UUID(kept[name]) for name in ("line_id", "order_id", "product_id")}
    return Cost(**keys, outcome=kept["outcome"], metrics=tuple(kept["metrics"]), age=kept["age"], cost=kept["cost"])
