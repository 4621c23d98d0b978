"""Publishing tokens: proof that whoever sends chunks of a stream was let in by its owner's desk, a few minutes ago.

    version 1 · expires 8 (seconds since 1970) · begun 8 · stream 16 · tag 16   (bytes)

A token in use is renewed with each answer while the stream is open, for a day at most.
"""

import hashlib
import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import timedelta
from functools import cache
from uuid import UUID

from laotie.kit import clock
from laotie.places.media.errors import BadToken, TokenExpired

VERSION = 1
LIFE = timedelta(minutes=10)  # a host whose phone was away for longer opens the desk again
LONGEST = timedelta(days=1)
LONGEST_TEXT = 100
_LAYOUT = struct.Struct(">Bqq16s")
_TAG = 16


def seal(stream: UUID) -> str:
    """A fresh token for `stream`, good for `LIFE`."""
    return _seal(stream, clock.now().timestamp())


def check(token: str, stream: UUID) -> None:
    """Raises BadToken (forged, cut, another stream's) or TokenExpired."""
    expires, _begun = _open(token, stream)
    if expires < clock.now().timestamp():
        raise TokenExpired


def renewed(token: str, stream: UUID) -> str | None:
    """A token that lives longer, for one that `check` passed and that is past half its life; else None."""
    expires, begun = _open(token, stream)
    if expires - clock.now().timestamp() > LIFE.total_seconds() / 2:
        return None
    return _seal(stream, begun)


def _seal(stream: UUID, begun: float) -> str:
    expires = min(clock.now().timestamp() + LIFE.total_seconds(), begun + LONGEST.total_seconds())
    body = _LAYOUT.pack(VERSION, int(expires), int(begun), stream.bytes)
    return urlsafe_b64encode(body + _tag(body)).decode().rstrip("=")


def _open(token: str, stream: UUID) -> tuple[int, int]:
    """(expires, begun), in seconds since 1970."""
    body, tag = _parts(token)
    if not hmac.compare_digest(tag, _tag(body)):
        raise BadToken
    version, expires, begun, named = _LAYOUT.unpack(body)
    if version != VERSION or named != stream.bytes:
        raise BadToken
    return expires, begun


def _parts(token: str) -> tuple[bytes, bytes]:
    try:
        raw = urlsafe_b64decode(token[:LONGEST_TEXT] + "=" * (-len(token) % 4))
    except (NotBase64, ValueError) as error:
        raise BadToken from error
    if len(raw) != _LAYOUT.size + _TAG:
        raise BadToken
    return raw[: _LAYOUT.size], raw[_LAYOUT.size :]


def _tag(body: bytes) -> bytes:
    return hmac.digest(_key(), body, "sha256")[:_TAG]


@cache
def _key() -> bytes:
    """A key of its own, so that a publishing token is never anything else the market signs."""
    from django.conf import settings

    return hashlib.sha256(b"laotie publishing token\0" + settings.SECRET_KEY.encode()).digest()
