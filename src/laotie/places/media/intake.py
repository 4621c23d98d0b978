"""A chunk on its way in: who sends it, how large it is, whether it may be video at all. No database is asked."""

import re
from uuid import UUID

from laotie.places.media import spool
from laotie.places.media.containers.webm import MAGIC
from laotie.places.media.errors import BadChunk, BadToken, ChunkTooLarge, LengthNeeded, NotMedia

LARGEST = 2 * 1024**2  # bytes: 250 ms of 64 Mbit/s
_NUMBER = re.compile(r"[0-9]{1,8}")
_LENGTH = re.compile(r"[0-9]{1,18}")


def bearer(authorization: str) -> str:
    """The token in an Authorization header. Raises BadToken."""
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise BadToken
    return token.strip()


def check_length(content_length: str) -> None:
    """Refuse by what the sender announces, before a byte is read. Raises LengthNeeded, ChunkTooLarge."""
    if not _LENGTH.fullmatch(content_length):
        raise LengthNeeded
    if int(content_length) > LARGEST:
        raise ChunkTooLarge(megabytes=LARGEST // 1024**2)


def take(stream: UUID, run: str, number: str, content: bytes, last: bool) -> bool:
    """Keep a chunk whose token has been checked; whether it is new. Raises the errors of `spool.put`, NotMedia."""
    if not _NUMBER.fullmatch(number):
        raise BadChunk
    if int(number) == 0 and not begins_as_media(content):
        raise NotMedia
    new = spool.put(stream, run, int(number), content, last)
    if new:
        spool.nudge(stream)
    return new


def begins_as_media(content: bytes) -> bool:
    """Whether it may be the beginning of WebM or MP4. Browsers may cut anywhere, even within the first bytes."""
    return MAGIC.startswith(content[:4]) or content[4:8] == b"ftyp"
