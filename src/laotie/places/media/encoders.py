"""Encoders such as OBS, by way of a media server that asks whether a key may publish.

encoder ── RTMP ──► media server ── may this key? ──► us: the owner's open stream is marked to be pulled
                         ▲
studio ── pulls by RTMP ─┘   and takes what comes as a run like any browser's
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from laotie.kit import clock
from laotie.places.media import keys, spool, standing
from laotie.places.media.contracts import State
from laotie.places.media.errors import BadKey, NotOnAir
from laotie.places.media.models import EncoderKeyRow, StreamRow


def is_offered() -> bool:
    """Whether this market has a media server at all."""
    return bool(settings.CONFIG.rtmp_url)


def key_of(owner: UUID) -> str:
    """The owner's key; "" where there is none, or it was revoked."""
    row = EncoderKeyRow.objects.filter(owner=owner, revoked_at=None).first()
    return keys.seal(owner, row.serial) if row else ""


@transaction.atomic
def renew(owner: UUID) -> str:
    """A new key; the one before opens nothing from now on, and what it sends is let go of."""
    row = _held(owner)
    row.serial, row.made_at, row.revoked_at = row.serial + 1, clock.now(), None
    row.save()
    transaction.on_commit(lambda: _let_go(owner))
    return keys.seal(owner, row.serial)


@transaction.atomic
def revoke(owner: UUID) -> None:
    """No key any more; again changes nothing."""
    EncoderKeyRow.objects.filter(owner=owner, revoked_at=None).update(revoked_at=clock.now())
    transaction.on_commit(lambda: _let_go(owner))


def admit(key: str) -> UUID:
    """Let an encoder in: its owner's open stream will be pulled. The stream. Raises BadKey, NotOnAir."""
    owner, serial = keys.opened(key)
    if not EncoderKeyRow.objects.filter(owner=owner, serial=serial, revoked_at=None).exists():
        raise BadKey
    stream = _open_stream(owner)
    if stream is None:
        raise NotOnAir
    spool.open_for(stream)
    spool.pull(stream, f"{settings.CONFIG.rtmp_url}/{key}")
    spool.nudge(stream)
    return stream


def _held(owner: UUID) -> EncoderKeyRow:
    EncoderKeyRow.objects.bulk_create(
        [EncoderKeyRow(owner=owner, serial=0, made_at=clock.now())], ignore_conflicts=True
    )
    return EncoderKeyRow.objects.select_for_update().get(owner=owner)


def _open_stream(owner: UUID) -> UUID | None:
    """The one that was opened last and goes on."""
    rows = StreamRow.objects.filter(owner=owner, ended_at=None).order_by("-opened_at")[:5]
    return next((row.id for row in rows if standing.read(row.id).state is not State.ENDED), None)


def _let_go(owner: UUID) -> None:
    for stream in StreamRow.objects.filter(owner=owner, ended_at=None).values_list("id", flat=True):
        spool.pull_no_more(stream)
