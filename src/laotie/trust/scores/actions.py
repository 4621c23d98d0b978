"""Computing a day's scores, keeping them, and writing standing down: all of a run in one transaction."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from laotie.engine.scores.changing import Standpoint
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rulebook import Rulebook
from laotie.engine.scores.scoring import Market, counted, scored
from laotie.kit import clock, market
from laotie.stream.lake.queries import Snapshot
from laotie.trust.scores import held, keeping, ledgers, queries, trying, weeks
from laotie.trust.scores.computing import Day, days_of, with_changes
from laotie.trust.scores.contracts import CORRECTED, KINDS, PUBLISHED, Run, Tried
from laotie.trust.scores.gathering import gather
from laotie.trust.scores.reading import Reader
from laotie.trust.scores.ruling import effective, of_version
from laotie.trust.scores.standing import stand


def publish(lake: Snapshot, day: date) -> Run:
    """Compute and publish the scores of `day`; a day that is published already is left as it is.

    Standing follows from the moment of publishing. Takes seconds to minutes with the size of the market.
    """
    published = queries.run_of(day, PUBLISHED)
    if published is not None:
        return published
    known_until, rulebook = clock.now(), effective(day)
    with ledgers.locked(lake) as folder:
        days, curves = _computed(lake, day, rulebook, known_until, folder)
    floors = held.floored(_reader(lake, day, known_until), day)
    with transaction.atomic():
        before = queries.run_of(day, PUBLISHED, lock=True)
        if before is not None:
            return before
        week = weeks.kept(day, rulebook, curves, days)
        run = keeping.keep(days, day, PUBLISHED, rulebook=rulebook, known_until=known_until, curves=week, floors=floors)
        stand(run, days, rulebook)
    return run


def correct(lake: Snapshot, day: date) -> Run:
    """Compute `day` again from all that is known now, beside what was published. Standing follows the newest day."""
    known_until, rulebook = clock.now(), effective(day)
    days, curves = _computed(lake, day, rulebook, known_until, None)
    floors = held.floored(_reader(lake, day, known_until), day)
    with transaction.atomic():
        week = weeks.kept(day, rulebook, curves, days)
        run = keeping.keep(days, day, CORRECTED, rulebook=rulebook, known_until=known_until, curves=week, floors=floors)
        if day >= queries.newest_day():
            stand(run, days, rulebook)
    return run


def replay(lake: Snapshot, run: Run) -> list[Day]:
    """The scores of a kept run, computed again from the facts that it saw, by the rulebook and curves of its day."""
    point = _standpoint(lake, run)
    found = scored(point.market, point.rulebook, point.curves)
    return days_of(point.market, found, point.rulebook, KINDS)


def tried(lake: Snapshot, day: date, rulebook: Rulebook) -> list[Tried]:
    """Everybody's score of `day` by a rulebook that may not be in force; nothing is kept or written down."""
    return trying.tried(lake, day, rulebook)


def yesterday(at: datetime) -> date:
    """The last whole market day before `at`."""
    return market.current().day(at) - timedelta(days=1)


def _reader(lake: Snapshot, day: date, known_until: datetime) -> Reader:
    return Reader(lake, day, market.current().time_zone, known_until)


def _computed(
    lake: Snapshot, day: date, rulebook: Rulebook, known_until: datetime, folder: Path | None
) -> tuple[list[Day], weeks.WeekCurves]:
    """The scores of `day` as far as is known, with what changed since the last published day, and the week's curves.

    `folder`: of the lake's ledgers; without it everything is counted from the facts.
    """
    curves, before = weeks.standing(day, rulebook), queries.run_before(day)
    last = _last(lake, before, folder, day) if before else None
    today, found = _scored(_reader(lake, day, known_until), rulebook, curves, folder)
    days = days_of(today, found, rulebook, KINDS)
    if last is None:
        return days, curves
    old = None if last.rulebook.cohort == rulebook.cohort else _in_full(lake, day, last.rulebook, known_until)
    now = {kind: scores.curves for kind, scores in found.items()}
    return with_changes(days, Standpoint(today, now, rulebook), last, old), curves


def _scored(
    reader: Reader, rulebook: Rulebook, curves: weeks.WeekCurves, folder: Path | None
) -> tuple[Market, dict[str, Scores]]:
    """What is counted of the reader's day, by the ledger where it has not gone past it, and its scores."""
    at_once = ledgers.brought_up(folder, reader, rulebook, curves) if folder else None
    if at_once is not None:
        return at_once
    today = _in_full(reader.lake, reader.day, rulebook, reader.known_until)
    return today, scored(today, rulebook, curves)


def _last(lake: Snapshot, run: Run, folder: Path | None, today: date) -> Standpoint:
    """All that the last published run was made of: by the ledger where it stands there still."""
    rulebook = of_version(run.rulebook)
    reader = _reader(lake, run.day, run.known_until)
    found = ledgers.standing(folder, reader, rulebook, today) if folder else None
    return Standpoint(found, weeks.of_run(run), rulebook) if found else _standpoint(lake, run)


def _in_full(lake: Snapshot, day: date, rulebook: Rulebook, known_until: datetime) -> Market:
    return counted(gather(lake, day, market.current().time_zone, known_until), day, rulebook)


def _standpoint(lake: Snapshot, run: Run) -> Standpoint:
    """All that a kept run was made of."""
    rulebook = of_version(run.rulebook)
    return Standpoint(_in_full(lake, run.day, rulebook, run.known_until), weeks.of_run(run), rulebook)
