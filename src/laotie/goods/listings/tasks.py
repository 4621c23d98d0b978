"""Files too long to be judged or carried out while their merchant waits. Both can be run again from the start."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from laotie.goods.listings.actions import importing

AGAIN = RetryStrategy(max_attempts=5, linear_wait=10)


@app.task(name="listings.judge", retry=AGAIN)  # type: ignore[untyped-decorator]
def judge(run_id: str) -> None:
    importing.judge_file(UUID(run_id))


@app.task(name="listings.carry_out", retry=AGAIN)  # type: ignore[untyped-decorator]
def carry_out(run_id: str) -> None:
    importing.import_lines(UUID(run_id))
