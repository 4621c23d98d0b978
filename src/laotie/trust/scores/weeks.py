"""The curves of a week: fitted on its first published day, kept, and read again whenever a day of it is computed."""

from collections.abc import Mapping
from datetime import date

from laotie.engine.scores.curves import Curves, freezing_day
from laotie.engine.scores.rulebook import Rulebook
from laotie.trust.scores.computing import Day
from laotie.trust.scores.contracts import Run
from laotie.trust.scores.models import CurveSet, ScoreRun

WeekCurves = Mapping[str, Curves]


def standing(day: date, rulebook: Rulebook) -> WeekCurves:
    """The newest curves of the day's week by this rulebook, by kind; none before its first run."""
    row = _of_week(day, rulebook)
    return restored(row) if row else {}


def of_run(run: Run) -> WeekCurves:
    """The curves that a kept run was measured against."""
    row = ScoreRun.objects.select_related("curves").get(pk=run.id).curves
    return restored(row) if row else {}


def kept(day: date, rulebook: Rulebook, stood: WeekCurves, days: list[Day]) -> CurveSet | None:
    """The set that the days were measured against, written down where it is not what stood."""
    used = {found.kind: found.scores.curves for found in days}
    if used and all(stood.get(kind) is curves for kind, curves in used.items()):
        return _of_week(day, rulebook)
    curves = {kind: found.kept() for kind, found in used.items()}
    return CurveSet.objects.create(day=freezing_day(day), rulebook=rulebook.version, curves=curves)


def _of_week(day: date, rulebook: Rulebook) -> CurveSet | None:
    rows = CurveSet.objects.filter(day=freezing_day(day), rulebook=rulebook.version)
    return rows.order_by("-pk").first()  # keys rise with time


def restored(row: CurveSet) -> WeekCurves:
    """The curves of a row, by kind."""
    return {kind: Curves.restored(found) for kind, found in row.curves.items()}
