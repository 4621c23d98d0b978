"""Trying a rulebook on the market's history: asked for by an operator, or by the market of what was published."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from laotie.engine.scores.checking import faults
from laotie.kit import clock
from laotie.people.accounts.queries import require_operator
from laotie.stream.lake.queries import Snapshot
from laotie.trust.previews import queries, telling
from laotie.trust.previews.comparing import compare, paired
from laotie.trust.previews.contracts import Outlook, Preview, State
from laotie.trust.previews.errors import AlreadyTrying, NothingToTry
from laotie.trust.previews.models import EffectRow, PreviewRow
from laotie.trust.rulebook import queries as rulebooks
from laotie.trust.rulebook.contracts import Version, version_of
from laotie.trust.scores import actions as score_actions
from laotie.trust.scores import queries as scores
from laotie.trust.scores.contracts import Tried

MOST_AT_ONCE = 2
KEPT = 60  # trials; older ones go


@transaction.atomic
def ask(operator_id: UUID, content: str) -> Preview:
    """Try a draft on the newest published day, as a job. Raises OperatorsOnly, NothingToTry, AlreadyTrying."""
    from laotie.trust.previews.tasks import compute

    require_operator(operator_id)
    day = scores.newest_day()
    if faults(content) or day == date.min:
        raise NothingToTry
    if PreviewRow.objects.filter(state__in=[State.WAITING, State.RUNNING]).count() >= MOST_AT_ONCE:
        raise AlreadyTrying
    row = PreviewRow.objects.create(**_asked(content, day), asked_by_id=operator_id)
    compute.defer(preview_id=str(row.pk))
    _prune()
    return queries.view(row)


def foresee(lake: Snapshot) -> int:
    """Try every coming version on the newest day, unless that was done; returns how many were tried."""
    day, done = scores.newest_day(), 0
    for version in rulebooks.coming() if day != date.min else ():
        known = PreviewRow.objects.filter(version=version.version, asked_by=None, state=State.DONE)
        if known.filter(day__gte=day).exists():
            continue
        row = PreviewRow.objects.create(**_asked(version.content, day))
        run(lake, row.pk)
        known.exclude(pk=row.pk).delete()
        done += 1
    return done


def run(lake: Snapshot, preview_id: UUID) -> None:
    """Do what was asked. Killed in the middle it can be run again from the start."""
    row = PreviewRow.objects.get(pk=preview_id)
    if row.state == State.DONE:
        return
    _stepped(row, 0)
    before = score_actions.tried(lake, row.day, rulebooks.rulebook(row.base))
    _stepped(row, 1)
    after = score_actions.tried(lake, row.day, rulebooks.read(row.content.encode()))
    _stepped(row, 2)
    result = {"kinds": [asdict(found) for found in compare(before, after)]}
    _stepped(row, 3)
    with transaction.atomic():
        row.result, row.state, row.step, row.ended_at = _plain(result), State.DONE, 4, clock.now()
        row.save(update_fields=["result", "state", "step", "ended_at"])
        if row.asked_by_id is None:
            _keep_effects(row, before, after)
            telling.once(rulebooks.version(row.version), row.pk)


def fail(preview_id: UUID) -> None:
    """Say of a trial that it could not be carried out."""
    PreviewRow.objects.filter(pk=preview_id).update(state=State.FAILED, ended_at=clock.now())


def forget(version: Version) -> None:
    """A withdrawn version has no effects any more."""
    PreviewRow.objects.filter(version=version.version, asked_by=None).delete()


def _asked(content: str, day: date) -> dict[str, Any]:
    name = rulebooks.read(content.encode()).name
    base = rulebooks.in_force(rulebooks.today()).version
    return {
        "content": content, "version": version_of(content), "name": name, "base": base, "day": day,
        "asked_at": clock.now(),
    }  # fmt: skip


def _stepped(row: PreviewRow, step: int) -> None:
    row.state, row.step = State.RUNNING, step
    row.save(update_fields=["state", "step"])


def _keep_effects(row: PreviewRow, before: list[Tried], after: list[Tried]) -> None:
    EffectRow.objects.bulk_create(
        [
            EffectRow(
                preview=row, kind=old.kind, entity_id=old.entity_id, before=asdict(_outlook(old)),
                after=asdict(_outlook(new)),
            )
            for old, new in paired(before, after)
        ],
        batch_size=1000,
    )  # fmt: skip


def _outlook(tried: Tried) -> Outlook:
    return Outlook(tried.score, tried.band, tried.multiplier, tried.may_offer_plans, tried.settlement_days)


def _plain(value: Any) -> Any:
    """Keys as text, so that JSON can hold them."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, UUID) else value


def _prune() -> None:
    old = PreviewRow.objects.exclude(asked_by=None).order_by("-asked_at").values_list("pk", flat=True)[KEPT:]
    PreviewRow.objects.filter(pk__in=list(old)).delete()
