"""Reading scores."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from laotie.goods.catalogue import queries as catalogue
from laotie.people.grants import queries as grants
from laotie.people.merchants import queries as merchants
from laotie.people.merchants.contracts import Shop
from laotie.trust.scores import sellers, wishes, words
from laotie.trust.scores.contracts import (
    CREATOR,
    PRODUCT,
    PUBLISHED,
    SHOP,
    Change,
    Cost,
    Decided,
    HeavyActor,
    Named,
    Part,
    Run,
    Score,
    WhatIf,
)
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


def own(account_id: UUID, kind: str, entity_id: UUID) -> UUID:
    """The shop or creator that answers for a score, where the account may act on it. Raises NotFound kinds, NoGrant."""
    return sellers.require(account_id, kind, entity_id)


def may(account_id: UUID, kind: str, entity_id: UUID) -> bool:
    """Whether the account may act on a score."""
    return sellers.may(account_id, kind, entity_id)


def seller_of(kind: str, entity_id: UUID) -> UUID:
    """The shop or creator that answers for a score. Raises NotFound kinds."""
    return sellers.seller_of(kind, entity_id)


def readers(kind: str, entity_id: UUID) -> list[UUID]:
    """The accounts that are told about a score."""
    return sellers.readers(kind, entity_id)


def named(kind: str, entity_ids: Iterable[UUID]) -> dict[UUID, Named]:
    """What pages call the scored, and where they are."""
    return sellers.named(kind, entity_ids)


def scores(kind: str, entity_ids: Iterable[UUID]) -> dict[UUID, Score]:
    """The newest scores of many, in one statement; those without one are left out."""
    rows = ScoreRow.objects.filter(kind=kind, entity_id__in=list(entity_ids)).select_related("run")
    newest = rows.order_by("entity_id", "-day", "-run__known_until").distinct("entity_id")
    return {row.entity_id: view(row) for row in newest}


def products_of(shop_id: UUID) -> list[Score]:
    """The newest scores of a shop's listed products, the lowest first."""
    listed = [product.id for product in catalogue.all_of_merchant(shop_id) if product.status == "listed"]
    return sorted(scores(PRODUCT, listed).values(), key=lambda score: (score.score, str(score.entity_id)))


def in_run(run_id: UUID, kind: str, entity_id: UUID) -> Score | None:
    """What a run gave an entity; None where it gave none."""
    row = ScoreRow.objects.filter(run_id=run_id, kind=kind, entity_id=entity_id).select_related("run").first()
    return view(row) if row else None


def history(kind: str, entity_id: UUID, series: str = PUBLISHED, most: int = 90) -> list[Score]:
    """An entity's scores day by day, newest first."""
    rows = ScoreRow.objects.filter(kind=kind, entity_id=entity_id, run__series=series).select_related("run")
    return [view(row) for row in rows.order_by("-day", "-run__known_until")[:most]]


def run_of(day: date, series: str, *, lock: bool = False) -> Run | None:
    """The newest run of a day, or None."""
    rows = ScoreRun.objects.filter(day=day, series=series).order_by("-known_until")
    found = (rows.select_for_update() if lock else rows).first()
    return run_view(found) if found else None


def run_before(day: date) -> Run | None:
    """The published run of the last day before `day` that has one."""
    row = ScoreRun.objects.filter(day__lt=day, series=PUBLISHED).order_by("-day").first()
    return run_view(row) if row else None


def heavy_actors(day: date) -> list[HeavyActor]:
    """The buyers who weighed too much in the newest scores of `day`, for risk to look at."""
    row = ScoreRun.objects.filter(day=day).order_by("-known_until").first()
    return [_heavy(kept) for kept in (row.heavy if row else ())]


def what_if(score: Score, target: float) -> WhatIf:
    """The fewest changes that would bring a kept score to `target`, by the rulebook and curves of its day."""
    return wishes.what_if(score, target)


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
    rows = ScoreRow.objects.filter(run_id=run_id).values_list("kind", "entity_id", "status", "band", "gates")
    return {(kind, entity): Decided(entity, status, band, tuple(gates)) for kind, entity, status, band, gates in rows}


def in_words(outcome: str) -> str:
    """What an outcome is called, in the reader's language."""
    return str(words.OUTCOMES.get(outcome, outcome))


def run_view(row: ScoreRun) -> Run:
    """The contract of a run."""
    kinds = list(row.rows.values_list("kind", flat=True))
    counts = [kinds.count(kind) for kind in (SHOP, PRODUCT, CREATOR)]
    return Run(row.pk, row.day, row.series, row.rulebook, row.known_until, *counts)


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
        change=Change(**row.change) if row.change else None,
        gates=tuple(row.gates),
    )


def _heavy(kept: dict[str, Any]) -> HeavyActor:
    lines = tuple(UUID(line) for line in kept["lines"])
    return HeavyActor(kept["kind"], UUID(kept["entity"]), kept["buyer"], lines, kept["shift"], kept["error"])


def _cost(kept: dict[str, Any]) -> Cost:
    keys = {name: UUID(kept[name]) for name in ("line_id", "order_id", "product_id")}
    return Cost(**keys, outcome=kept["outcome"], metrics=tuple(kept["metrics"]), age=kept["age"], cost=kept["cost"])
