"""Slices on their way to viewers who watch with little delay: each is said once on the bus, under the stream's name.

    version 1 · take 4 · epoch 4 · start 8   (bytes, big-endian), then the slice

A slice is known by where it begins in the take's file, so a viewer sees what it missed and asks for the bytes over
HTTP. The epoch changes with every start of a recorder: bytes that follow may differ from those that were said before.
"""

import struct
from dataclasses import dataclass
from uuid import UUID

from nats.aio.client import Client

from laotie.places.media import folders, standing
from laotie.places.media.counters import SLICES
from laotie.places.media.takes import last_place
from laotie.stream.bus import BusAway, bus

VERSION = 1
LARGEST = 900_000  # bytes: the bus carries a megabyte; what is larger is fetched like what was missed
MOST = 4 * 1024**2  # bytes that are given at once: more is no small delay any more
_HEAD = struct.Struct(">BIIQ")


@dataclass(frozen=True, slots=True)
class Newest:
    """The end of a take as it grows: `content` begins at byte `start`, after `init` bytes that set a decoder up.

    `at` is when the part behind the init begins, in seconds of the take; both are 0 where a player only goes on.
    """

    take: int
    start: int
    init: int
    at: float
    codecs: str
    content: bytes


def subject(stream: UUID) -> str:
    return f"media.{stream}"


def say(stream: UUID, take: int, epoch: int, start: int, content: bytes) -> None:
    """Tell all who listen. A bus that is away loses it, and that is counted."""
    if len(content) > LARGEST:
        SLICES.labels("large").inc()
        return
    message = _HEAD.pack(VERSION, take, epoch, start) + content

    async def publish(client: Client) -> None:
        await client.publish(subject(stream), message)
        SLICES.labels("said").inc()

    try:
        bus().post(publish, SLICES.labels("lost").inc)
    except BusAway:  # this market has none
        SLICES.labels("lost").inc()


def newest(stream: UUID, after: tuple[int, int] | None = None) -> Newest | None:
    """What is newest of a stream: from byte `after` = (take, byte) where it may go on there, else from the last
    keyframe on, with what sets a decoder up. None where there is no picture yet."""
    number = len(standing.read(stream).runs) - 1
    place = last_place(folders.kept(stream), number) if number >= 0 else None
    if place is None:
        return None
    head, opened, at = place
    with (folders.kept(stream) / f"{number}.mp4").open("rb") as file:
        begun = b"" if after and after[0] == number and after[1] >= opened else file.read(head.init)
        start = opened if begun or not after else after[1]
        file.seek(start)
        content = file.read(MOST)
    return Newest(number, start, len(begun), at if begun else 0.0, head.codecs, begun + content)
