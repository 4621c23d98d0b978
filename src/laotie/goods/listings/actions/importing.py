"""Importing a file of goods: sent in, judged, carried out. Sending the same file again changes nothing."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.listings import models
from laotie.goods.listings.actions.writing import draft_product, list_product, save_and_list, save_product
from laotie.goods.listings.csv.judging import Bad, Good, judge
from laotie.goods.listings.csv.planning import Step, plan
from laotie.goods.listings.csv.reading import File, read
from laotie.goods.listings.csv.world import World, world
from laotie.goods.listings.errors import NoSuchImport, NotJudgedYet
from laotie.kit import clock
from laotie.kit.errors import MarketError

AT_ONCE = 300  # lines that are judged or carried out while the merchant waits; more become a job
PORTION = 50
SHOWN_STEPS = 50
Status = models.ImportRun.Status


def send_file(merchant_id: UUID, account_id: UUID, name: str, content: bytes) -> UUID:
    """Take a file in and judge it, now or as a job; returns the run. Raises BadFile's kinds and keeps nothing then."""
    from laotie.goods.listings import tasks

    file = read(content)
    with transaction.atomic():
        row = models.ImportRun.objects.create(
            merchant_id=merchant_id,
            account_id=account_id,
            name=name.replace("\0", "")[-120:],
            content=content,
            total=len(file.lines),
            sent_at=clock.now(),
        )
        if len(file.lines) > AT_ONCE:
            tasks.judge.defer(run_id=str(row.id))
        else:
            judge_file(row.id)
    return row.id


def judge_file(run_id: UUID) -> None:
    """The dry run: every bad cell, and what carrying out would do. Writes nothing but its findings."""
    row = models.ImportRun.objects.get(id=run_id)
    file = read(bytes(row.content))
    against = _world(row.merchant_id, file)
    judged = judge(file, against)
    steps = plan(judged.good, against)
    row.plan, row.bad, row.status = _counted(judged.good, judged.bad, steps), _kept(judged.bad), Status.JUDGED
    row.save(update_fields=["plan", "bad", "status"])


def carry_out(run_id: UUID) -> None:
    """Import the good lines, now or as a job. Raises NotJudgedYet, NoSuchImport."""
    from laotie.goods.listings import tasks

    with transaction.atomic():
        row = models.ImportRun.objects.select_for_update().filter(id=run_id).first()
        if row is None:
            raise NoSuchImport
        if row.status != Status.JUDGED:
            raise NotJudgedYet
        row.status, row.done = Status.IMPORTING, 0
        row.save(update_fields=["status", "done"])
        if row.total > AT_ONCE:
            tasks.carry_out.defer(run_id=str(run_id))
    if row.total <= AT_ONCE:
        import_lines(run_id)


def import_lines(run_id: UUID) -> None:
    """Carry out what can be: judged again, because the market moved on; each product stands or falls alone.

    Killed in the middle it can be run again from the start: what is there already is left as it is.
    """
    row = models.ImportRun.objects.get(id=run_id)
    file = read(bytes(row.content))
    against = _world(row.merchant_id, file)
    judged = judge(file, against)
    steps = plan(judged.good, against)
    bad, done = list(judged.bad), len(file.lines) - len(judged.good)
    for place, step in enumerate(steps, 1):
        bad += _carried(row.merchant_id, step)
        done += len(step.lines)
        if place % PORTION == 0:
            models.ImportRun.objects.filter(id=run_id).update(done=done)
    row.plan = _counted(judged.good, bad, steps)
    row.bad, row.done, row.status, row.ended_at = _kept(bad), row.total, Status.DONE, clock.now()
    row.save(update_fields=["plan", "bad", "done", "status", "ended_at"])


def _world(merchant_id: UUID, file: File) -> World:
    return world(merchant_id, (line.cells.get("code", "") for line in file.lines if line.cells))


def _carried(merchant_id: UUID, step: Step) -> list[Bad]:
    """Nothing, or why the step could not be carried out, at each of its lines."""
    if step.kind == "same":
        return []
    try:
        with transaction.atomic():
            _write(merchant_id, step)
    except MarketError as error:
        data = {name: str(value) for name, value in error.data.items()}
        return [Bad(number, "", error.sentence, data) for number in step.lines]
    return []


def _write(merchant_id: UUID, step: Step) -> None:
    if step.row is None:
        product = (list_product if step.status == "listed" else draft_product)(merchant_id, step.listing)
    else:
        save = save_and_list if step.status == "listed" else save_product
        product = save(step.row.product.id, step.listing)
    if step.status == "ended" and product.status == "listed":
        catalogue.end_product(product.id)


def _counted(good: Iterable[Good], bad: Iterable[Bad], steps: list[Step]) -> dict[str, object]:
    kinds = [step.kind for step in steps]
    shown = [step for step in steps if step.kind != "same"][:SHOWN_STEPS]
    return {
        "create": kinds.count("create"),
        "change": kinds.count("change"),
        "same": kinds.count("same"),
        "good_lines": len(list(good)),
        "bad_lines": len({each.number for each in bad}),
        "steps": [[step.kind, step.listing.title, len(step.lines)] for step in shown],
    }


def _kept(bad: Iterable[Bad]) -> list[list[object]]:
    return [[each.number, each.column, each.sentence, each.data] for each in bad]
