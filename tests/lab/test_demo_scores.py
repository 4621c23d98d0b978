"""A fresh demo has scores as soon as its facts are in the lake, and not before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from procrastinate.contrib.django.models import ProcrastinateJob

from laotie.kit import clock
from laotie.lab.demo import actions, drawing
from laotie.lab.demo.tasks import NIGHTS, publish_scores
from laotie.people.merchants import queries as merchants
from laotie.stream import recorder
from laotie.stream.lake.store import LocalStore
from laotie.stream.lake.writer import Lake
from laotie.stream.outbox.source import OutboxSource
from laotie.trust.scores import queries
from laotie.trust.scores.contracts import PUBLISHED, SHOP

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def waiting() -> list[dict[str, int]]:
    jobs = ProcrastinateJob.objects.filter(task_name="demo.publish_scores", status="todo").order_by("id")
    return [job.args for job in jobs]


def carry_all() -> None:
    """What the recorder does: every chunk of the outbox into the lake."""
    source = OutboxSource()
    with Lake(LocalStore(recorder.folder()), ZoneInfo("Asia/Shanghai")).writing() as lake:
        while (batch := source.read(lake.position(source.name), 5000)).passed:
            lake.commit(source.name, batch.position, batch.facts)


@pytest.fixture
def no_jobs(transactional_db: None) -> Iterator[None]:
    """Jobs are in tables of their own, which a test's end does not empty."""
    ProcrastinateJob.objects.all().delete()
    yield
    ProcrastinateJob.objects.all().delete()


@pytest.mark.usefixtures("no_jobs")
def test_scores_wait_for_the_recorder_and_then_stand_in_the_shops(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(drawing, "draw_all", lambda drawings, icons, out: None)
    with clock.travel(NOW):
        actions.seed("en")
        assert waiting() == [{"tries": 0}]
        ProcrastinateJob.objects.all().delete()
        publish_scores(tries=0)
        assert (waiting(), queries.run_of(DAY, PUBLISHED)) == ([{"tries": 1}], None)
        carry_all()
        publish_scores(tries=1)
    run = queries.run_of(DAY, PUBLISHED)
    assert run is not None
    assert run.shops == 13
    pier = queries.score(SHOP, merchants.shop_by_slug("pier-seven").id)
    assert pier is not None
    assert (pier.status, pier.deals, pier.score) == ("provisional", 27, 4.5253)
    assert len(queries.history(SHOP, pier.entity_id)) == NIGHTS
