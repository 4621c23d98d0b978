"""Computing a day's scores, keeping them, and writing standing down: all of a run in one transaction."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import transaction

from laotie.engine.scores import resources
from laotie.engine.scores.points import settled_band
from laotie.engine.scores.rulebook import Rulebook
from laotie.goods.standing import actions as product_standing
from laotie.goods.standing.contracts import Standing as ProductStanding
from laotie.kit import clock, market
from laotie.people.standing import actions as seller_standing
from laotie.people.standing.contracts import Standing as SellerStanding
from laotie.stream.lake.queries import Snapshot
from laotie.trust.rulebook import queries as rulebooks
from laotie.trust.scores import queries
from laotie.trust.scores.computing import Day, compute
from laotie.trust.scores.contracts import CORRECTED, KINDS, PRODUCT, PUBLISHED, Decided, Run
from laotie.trust.scores.gathering import gather
from laotie.trust.scores.models import ScoreRow, ScoreRun


def publish(lake: Snapshot, day: date) -> Run:
    """Compute and publish the scores of `day`; a day that is published already is left as it is.

    Standing follows from the moment of publishing. Takes seconds to minutes with the size of the market.
    """
    known_until = clock.now()
    rulebook = rulebooks.effective(day)
    days = compute(gather(lake, day, market.current().time_zone, known_until), day, rulebook, KINDS)
    with transaction.atomic():
        before = queries.run_of(day, PUBLISHED, lock=True)
        if before is not None:
            return before
        run = _keep(days, day, PUBLISHED, rulebook, known_until)
        _stand(run, days, rulebook)
    return run


def correct(lake: Snapshot, day: date) -> Run:
    """Compute `day` again from all that is known now, beside what was published. Standing follows the newest day."""
    known_until = clock.now()
    rulebook = rulebooks.effective(day)
    days = compute(gather(lake, day, market.current().time_zone, known_until), day, rulebook, KINDS)
    with transaction.atomic():
        run = _keep(days, day, CORRECTED, rulebook, known_until)
        if day >= queries.newest_day():
            _stand(run, days, rulebook)
    return run


def replay(lake: Snapshot, run: Run) -> list[Day]:
    """The scores of a kept run, computed again from the facts that it saw."""
    facts = gather(lake, run.day, market.current().time_zone, run.known_until)
    return compute(facts, run.day, rulebooks.rulebook(run.rulebook.rpartition("-")[2]), KINDS)


def _keep(days: list[Day], day: date, series: str, rulebook: Rulebook, known_until: datetime) -> Run:
    absent = {found.kind: list(found.scores.absent) for found in days}
    run = ScoreRun.objects.create(
        day=day, series=series, rulebook=f"{rulebook.name}-{rulebook.version}", known_until=known_until, absent=absent
    )
    for found in days:
        ScoreRow.objects.bulk_create(_rows(run, found, rulebook), batch_size=1000)
    return queries.run_view(run)


def _rows(run: ScoreRun, found: Day, rulebook: Rulebook) -> Iterator[ScoreRow]:
    earlier = queries.recent_figures(found.kind, run.day, rulebook.bands.days - 1)
    scores = found.scores
    for row, entity in enumerate(found.entities):
        before, figures = earlier.get(UUID(entity), (str(scores.band[row]), []))
        yield ScoreRow(
            run=run,
            kind=found.kind,
            entity_id=UUID(entity),
            day=run.day,
            score_e4=round(float(scores.score[row]) * 10_000),
            total=float(scores.total[row]),
            status=str(scores.status[row]),
            band=settled_band(before, np.array([*figures, scores.score[row]]), rulebook),
            window=int(scores.evidence.window[row]),
            deals=int(scores.evidence.deals[row]),
            parts=[asdict(part) for part in found.parts(entity)],
            costs=[asdict(cost) for cost in found.costs(entity, rulebook)],
        )


def _stand(run: Run, days: list[Day], rulebook: Rulebook) -> None:
    """Write down what the scores open, from now on."""
    since, by = clock.now(), f"{run.rulebook}/{run.id}"
    decided = queries.decided(run.id)
    for found in days:
        multiplier_bp = np.round(found.multiplier * 10_000).astype(int)
        rows = [
            (decided[found.kind, UUID(entity)], int(value))
            for entity, value in zip(found.entities, multiplier_bp, strict=True)
        ]
        if found.kind == PRODUCT:
            products = [ProductStanding(score.entity_id, since, score.band, value, by) for score, value in rows]
            product_standing.write(products)
        else:
            seller_standing.write([_seller(score, since, value, by, rulebook) for score, value in rows])


def _seller(score: Decided, since: datetime, multiplier_bp: int, by: str, rulebook: Rulebook) -> SellerStanding:
    rule = rulebook.resources
    return SellerStanding(
        seller_id=score.entity_id,
        since=since,
        band=score.band,
        multiplier_bp=multiplier_bp,
        may_offer_plans=resources.may_offer_plans(score.band, score.status, rule),
        settlement_days=resources.settlement_days(score.band, score.status, rule),
        decided_by=by,
    )


def yesterday(at: datetime) -> date:
    """The last whole market day before `at`."""
    return market.current().day(at) - timedelta(days=1)
