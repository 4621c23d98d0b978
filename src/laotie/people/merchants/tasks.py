"""Mail of invitations, by the worker."""

from uuid import UUID

from django.utils.translation import gettext_noop as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from laotie.people.merchants.actions.inviting import key_of
from laotie.people.merchants.models import Invitation
from laotie.people.notices.actions import send


@app.task(name="merchants.invite", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))  # type: ignore[untyped-decorator]
def mail_invitation(invitation_id: str) -> None:
    """Mail the link that takes a place in a shop's team, unless the invitation was withdrawn meanwhile."""
    row = (
        Invitation.objects.select_related("merchant", "invited_by")
        .filter(pk=UUID(invitation_id), accepted_at=None, withdrawn_at=None)
        .first()
    )
    if row is None:
        return
    sentence = _("{person} invites you into the team of the shop “{shop}”. The link works for 7 days.")
    data = {"person": row.invited_by.name, "shop": row.merchant.name}
    send(row.email, row.invited_by.language, sentence, data, f"/me/shops/join/{key_of(row.pk)}")
