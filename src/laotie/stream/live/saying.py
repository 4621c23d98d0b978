"""Saying things to everyone who hears a topic: at once, or in frames where a topic is busy.

Up to CALM messages a second of a topic go out one by one; above that they are gathered for FRAME seconds and sent as
one message, a JSON list, and so they are in the second after a busy one. Listeners take lists and single ones alike.
Bounded: beyond MOST in one frame the oldest go, and are counted; whoever listens sees the gap by the numbers of the
messages and asks for what is missing.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from nats.aio.client import Client

from laotie.stream.bus import Bus, BusAway, bus
from laotie.stream.counters import LIVE

CALM = 12  # messages a second: eight lines of chat and two ticks, and two for an uneven pace
FRAME = 0.25  # seconds: what a reader of chat does not notice
MOST = 400  # messages in one frame
TOPICS = 2000  # remembered at once
Message = Mapping[str, Any]


@dataclass
class Topic:
    """What is known of one topic: how many messages this second, and what waits for the next frame."""

    second: int = 0
    said: int = 0
    busy: bool = False  # the second before was
    waiting: list[Message] = field(default_factory=list)


class Speaker:
    """Says things over one bus. All its state lives on the bus's own thread, so it needs no lock."""

    def __init__(self, over: Bus) -> None:
        self.bus = over
        self._topics: OrderedDict[str, Topic] = OrderedDict()

    def say(self, topic: str, message: Message) -> None:
        """Send `message` to `topic` soon. A bus that is away loses it, and that is counted."""
        self.bus.post(lambda client: self._say(client, topic, message), LIVE.labels("lost").inc)

    async def _say(self, client: Client, topic: str, message: Message) -> None:
        known = self._known(topic)
        second = int(asyncio.get_running_loop().time())
        if second != known.second:
            known.busy = known.said > CALM and second == known.second + 1
            known.second, known.said = second, 0
        known.said += 1
        if known.said <= CALM and not known.waiting and not known.busy:
            await _send(client, topic, message, 1)
            return
        if not known.waiting:
            asyncio.get_running_loop().call_later(FRAME, self._flush_soon, client, topic)
        known.waiting.append(message)
        if len(known.waiting) > MOST:
            known.waiting.pop(0)
            LIVE.labels("dropped").inc()

    def _flush_soon(self, client: Client, topic: str) -> None:
        task = asyncio.get_running_loop().create_task(self._flush(client, topic))
        task.add_done_callback(lambda done: done.exception())

    async def _flush(self, client: Client, topic: str) -> None:
        known = self._known(topic)
        frame, known.waiting = known.waiting, []
        await _send(client, topic, frame, len(frame))

    def _known(self, topic: str) -> Topic:
        known = self._topics.setdefault(topic, Topic())
        self._topics.move_to_end(topic)
        if len(self._topics) > TOPICS:
            self._topics.popitem(last=False)
        return known


async def _send(client: Client, topic: str, said: Message | list[Message], count: int) -> None:
    if not client.is_connected:
        LIVE.labels("lost").inc(count)
        return
    await client.publish(topic, json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=str).encode())
    LIVE.labels("said").inc(count)
    LIVE.labels("frames").inc()


@cache
def speaker() -> Speaker:
    """The speaker of this process. Raises BusAway where no bus is configured."""
    return Speaker(bus())


def say(topic: str, message: Message) -> None:
    """Send `message` to everyone who hears `topic`; never fails, as what is said is only a hint."""
    try:
        speaker().say(topic, message)
    except BusAway:
        LIVE.labels("lost").inc()
