"""Tokens of served slots: proof that this market showed this item, in this place, by this decision.

A token is sealed with the market's key and expires. It carries no secret and says nothing about a person beyond the
viewer's own pseudonym, which facts need and the page must not have to look up.

    version 1 · expires 4 (minutes since 1970) · position 2 · decision 16 · item 16 · viewer 16 · tag 16   (bytes)
"""

import hashlib
import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from laotie.kit import clock

VERSION = 1
LIFE = timedelta(days=2)  # a page left open overnight still counts; one in a bookmark does not
QUERY = "slot"  # the key under which an address or a form carries a token on
NOBODY = UUID(int=0)
_LAYOUT = struct.Struct(">BIH16s16s16s")
_TAG = 16  # 128 of SHA-256's 256 bits: nobody tries 2^127 beacons


class BadToken(ValueError):
    """Not sealed by this market, or tampered with."""


class ExpiredToken(BadToken):
    """Once good, now too old."""


@dataclass(frozen=True, slots=True)
class Served:
    """A slot as it was served: `decision` is one request's choice, `position` counts from 0 in it."""

    decision: UUID
    item: UUID
    position: int
    viewer: UUID | None = None  # a pseudonym
    sealed_at: datetime | None = field(default=None, compare=False)  # to the minute; None for one never sealed


def seal(decision: UUID, item: UUID, position: int, viewer: UUID | None = None) -> str:
    """The token of one served slot, safe in an attribute or a URL; good for `LIFE`. Raises ValueError on a position
    outside 0…65535."""
    if not 0 <= position < 2**16:
        raise ValueError(f"a position is 0…65535, not {position}")
    return _sealed(_expires(), position, decision, item, viewer or NOBODY)


def seal_all(decision: UUID, items: Sequence[UUID], viewer: UUID | None = None) -> list[str]:
    """The tokens of one decision's slots, in their order."""
    expires, viewer = _expires(), viewer or NOBODY
    return [_sealed(expires, position, decision, item, viewer) for position, item in enumerate(items)]


def _expires() -> int:
    return int((clock.now() + LIFE).timestamp()) // 60


def _sealed(expires: int, position: int, decision: UUID, item: UUID, viewer: UUID) -> str:
    body = _LAYOUT.pack(VERSION, expires, position, decision.bytes, item.bytes, viewer.bytes)
    return urlsafe_b64encode(body + _tag(body)).decode().rstrip("=")


def open_token(token: str) -> Served:
    """What `token` proves. Raises BadToken (forged, tampered, cut) or ExpiredToken."""
    body, tag = _parts(token)
    if not hmac.compare_digest(tag, _tag(body)):
        raise BadToken("not sealed by this market")
    version, expires, position, decision, item, viewer = _LAYOUT.unpack(body)
    if version != VERSION:
        raise BadToken(f"a token of version {version}")
    if expires * 60 < clock.now().timestamp():
        raise ExpiredToken("too old")
    seen_by = UUID(bytes=viewer)
    sealed_at = datetime.fromtimestamp(expires * 60, UTC) - LIFE
    return Served(UUID(bytes=decision), UUID(bytes=item), position, None if seen_by == NOBODY else seen_by, sealed_at)


def served(token: str, item: UUID) -> Served | None:
    """What `token` proves, where it is good and of `item`; None otherwise, since nothing hangs on a stale link."""
    try:
        found = open_token(token)
    except BadToken:
        return None
    return found if found.item == item else None


def _parts(token: str) -> tuple[bytes, bytes]:
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (NotBase64, ValueError) as error:
        raise BadToken("not base64") from error
    if len(raw) != _LAYOUT.size + _TAG:
        raise BadToken("of the wrong length")
    return raw[: _LAYOUT.size], raw[_LAYOUT.size :]


def _tag(body: bytes) -> bytes:
    begun = _begun().copy()
    begun.update(body)
    return begun.digest()[:_TAG]


@cache
def _begun() -> hmac.HMAC:
    """What `_tag` goes on from: a page has dozens of tokens, and `hmac.digest` lets another thread in at each.

    The key is one of its own, so that a slot token is never anything else the market signs.
    """
    from django.conf import settings

    key = hashlib.sha256(b"laotie slot token\0" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, digestmod="sha256")
