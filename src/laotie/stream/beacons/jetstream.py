"""The journal of beacons, and publishing to it.

When it is full it refuses new messages, and the sender hears 503.
"""

import asyncio
from collections.abc import Sequence

from nats.aio.client import Client
from nats.js.client import JetStreamContext
from nats.js.errors import NoStreamResponseError

from laotie.stream.beacons.intake import Beacon
from laotie.stream.journals.journal import Journal, ensure, stream_of, to_json

SUBJECT = "behaviour"  # behaviour.<kind>
# 1 GiB: some five million events while the recorder is away
BEACONS = Journal("beacons", SUBJECT, most_bytes=1024**3, largest=8192)


async def publish(client: Client, beacons: Sequence[Beacon]) -> list[bool]:
    """Publish and wait for the server to have them. For each: True kept, False known already. Raises NATS' errors."""
    stream = stream_of(client)
    try:
        return await _publish(stream, beacons)
    except NoStreamResponseError:
        await ensure(stream, BEACONS)
        return await _publish(stream, beacons)


async def _publish(stream: JetStreamContext, beacons: Sequence[Beacon]) -> list[bool]:
    answers = [
        await stream.publish_async(
            f"{SUBJECT}.{beacon.recorded.kind}", to_json(beacon.recorded), headers={"Nats-Msg-Id": beacon.key}
        )
        for beacon in beacons
    ]
    return [not answer.duplicate for answer in await asyncio.gather(*answers)]
