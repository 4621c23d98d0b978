"""Money in the background: giving back, the sandbox's late callbacks, and the daily look into providers' books."""

from uuid import UUID

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from laotie.trade.orders import queries as orders
from laotie.trade.payments import actions

log = structlog.get_logger(__name__)
PATIENT = RetryStrategy(max_attempts=12, exponential_wait=5)  # hours in all: a provider's outage is not the buyer's


@app.task(name="payments.repay", queue="payments", retry=PATIENT)  # type: ignore[untyped-decorator]
def repay(repayment_id: str) -> None:
    """Carry out what an order owes its buyer."""
    actions.give_back(UUID(repayment_id))


@app.task(name="payments.give_back", queue="payments", retry=PATIENT)  # type: ignore[untyped-decorator]
def give_back(given_back_id: str) -> None:
    """Give back money that no order needed."""
    actions.retry_given_back(UUID(given_back_id))


@app.task(name="payments.deliver", queue="payments", retry=3)  # type: ignore[untyped-decorator]
def deliver(headers: dict[str, str], body: str) -> None:
    """The sandbox's callback that comes late."""
    actions.receive("sandbox", headers, body.encode())


@app.periodic(cron="*/5 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="payments.sweep", queue="payments", queueing_lock="payments.sweep")  # type: ignore[untyped-decorator]
def sweep(timestamp: int) -> None:
    """Whatever is owed and not yet given back, should a job have been lost."""
    for owed in orders.repayments_open():
        actions.give_back(owed.id)


@app.periodic(cron="17 3 * * *")  # type: ignore[untyped-decorator]
@app.task(name="payments.reconcile", queue="payments", queueing_lock="payments.reconcile")  # type: ignore[untyped-decorator]
def reconcile(timestamp: int) -> None:
    """Compare our book with the providers', once a day at a quiet minute."""
    done = actions.reconcile()
    level = log.error if done.differing else log.info
    level(
        "payments reconciled", checked=done.checked, mended=len(done.mended), differing=list(map(str, done.differing))
    )
