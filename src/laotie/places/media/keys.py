"""Stream keys for encoders such as OBS: an owner's own, the same for every session until it is renewed.

    owner 16 · serial 4 · tag 16   (bytes), in base32 without signs that encoders or URLs would mind

Nothing secret is kept: a key is computed, and what is kept is its serial. A renewed key has another one.
"""

import hashlib
import hmac
import struct
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from functools import cache
from uuid import UUID

from laotie.places.media.errors import BadKey

LENGTH = 58  # signs
_LAYOUT = struct.Struct(">16sI")
_TAG = 16


def seal(owner: UUID, serial: int) -> str:
    body = _LAYOUT.pack(owner.bytes, serial)
    return b32encode(body + _tag(body)).decode().rstrip("=").lower()


def opened(key: str) -> tuple[UUID, int]:
    """(owner, serial) of a key that was made here; whether it is still good is another question. Raises BadKey."""
    if len(key) != LENGTH or not key.isascii():
        raise BadKey
    try:
        raw = b32decode(key.upper() + "=" * (-len(key) % 8))
    except (NotBase32, ValueError) as error:
        raise BadKey from error
    body, tag = raw[: _LAYOUT.size], raw[_LAYOUT.size :]
    if not hmac.compare_digest(tag, _tag(body)) or seal_of(body) != key.lower():
        raise BadKey
    owner, serial = _LAYOUT.unpack(body)
    return UUID(bytes=owner), serial


def seal_of(body: bytes) -> str:
    owner, serial = _LAYOUT.unpack(body)
    return seal(UUID(bytes=owner), serial)


def _tag(body: bytes) -> bytes:
    return hmac.digest(_secret(), body, "sha256")[:_TAG]


@cache
def _secret() -> bytes:
    """A secret of its own, so that a stream key is never anything else the market signs."""
    from django.conf import settings

    return hashlib.sha256(b"laotie stream key\0" + settings.SECRET_KEY.encode()).digest()
