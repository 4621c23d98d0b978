"""Mail of notices, by the worker. A job exists only when the transaction of its cause was committed."""

from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from laotie.kit import clock
from laotie.people.notices import queries
from laotie.people.notices.mail import send
from laotie.people.notices.models import Notice


@app.task(name="notices.mail", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))  # type: ignore[untyped-decorator]
def mail_notice(notice_id: str) -> None:
    """Mail one notice, once: the row is locked until the mail server has taken it."""
    with transaction.atomic():
        row = (
            Notice.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(pk=UUID(notice_id), mailed_at=None, account__is_active=True)
            .first()
        )
        if row is None:  # erased meanwhile, or mailed by a job that died afterwards
            return
        told = queries.views([row])[0]
        send(row.account.email, row.account.language, told.sentence, told.data, told.link)
        row.mailed_at = clock.now()
        row.save(update_fields=["mailed_at"])
