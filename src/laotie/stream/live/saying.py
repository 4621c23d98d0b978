"""Saying things to everyone who hears a topic: at once, or in frames where a topic is busy or heard by many.

Up to CALM messages a second of a topic go out one by one; above that those of FRAME seconds are sent as one message, a
JSON list, and so they are in the second after a busy one. Where many hear, what costs is not the message but its
deliveries: a topic falls silent for as long as its last message took to reach everybody (EACH listener's share), and
what is said meanwhile goes together. Listeners take lists and single ones alike. Bounded: beyond MOST in one frame the
oldest go, and are counted; whoever listens sees the gap by the numbers of the messages and asks for what is missing.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from nats.aio.client import Client

from laotie.stream.bus import Bus, BusAway, bus
from laotie.stream.counters import LIVE

CALM = 12  # messages a second: eight lines of chat and two ticks, and two for an uneven pace
FRAME = 0.25  # seconds: what a reader of chat does not notice
EACH = 20e-6  # seconds of a core for one delivery over WebSocket: so much `benchmarks.room_fanout` measures
MOST = 400  # messages in one frame
TOPICS = 2000  # remembered at once
Message = Mapping[str, Any]


@dataclass
class Topic:
    """What is known of one topic: how many messages this second, when the last was sent (of the loop's clock), and what
    waits for the next frame."""

    second: int = 0
    said: int = 0
    busy: bool = False  # the second before was
    sent_at: float = float("-inf")
    waiting: list[Message] = field(default_factory=list)


class Speaker:
    """Says things over one bus. All its state lives on the bus's own thread, so it needs no lock."""

    def __init__(self, over: Bus) -> None:
        self.bus = over
        self._topics: OrderedDict[str, Topic] = OrderedDict()
        self._listeners: OrderedDict[str, int] = OrderedDict()

    def heard_by(self, place: str, listeners: int) -> None:
        """So many hear what is said under `place`, the part of a topic before its last dot."""
        self.bus.post(lambda client: self._heard_by(place, listeners), lambda: None)

    async def _heard_by(self, place: str, listeners: int) -> None:
        self._listeners[place] = listeners
        _bound(self._listeners, place)

    def say(self, topic: str, message: Message) -> None:
        """Send `message` to `topic` soon. A bus that is away loses it, and that is counted."""
        self.bus.post(lambda client: self._say(client, topic, message), LIVE.labels("lost").inc)

    async def _say(self, client: Client, topic: str, message: Message) -> None:
        known, loop = self._known(topic), asyncio.get_running_loop()
        due = known.sent_at + self._silence(topic, known, loop.time())
        if not known.waiting and due <= loop.time():
            known.sent_at = loop.time()
            await _send(client, topic, message, 1)
            return
        if not known.waiting:
            loop.call_at(due, self._flush_soon, client, topic)
        known.waiting.append(message)
        if len(known.waiting) > MOST:
            known.waiting.pop(0)
            LIVE.labels("dropped").inc()

    def _silence(self, topic: str, known: Topic, now: float) -> float:
        """Count one more message of a topic; the seconds that are to pass between two of its frames."""
        second = int(now)
        if second != known.second:
            known.busy = known.said > CALM and second == known.second + 1
            known.second, known.said = second, 0
        known.said += 1
        if known.busy or known.said > CALM:
            return FRAME
        return min(FRAME, EACH * self._listeners.get(topic.rpartition(".")[0], 0))

    def _flush_soon(self, client: Client, topic: str) -> None:
        task = asyncio.get_running_loop().create_task(self._flush(client, topic))
        task.add_done_callback(lambda done: done.exception())

    async def _flush(self, client: Client, topic: str) -> None:
        known = self._known(topic)
        frame, known.waiting = known.waiting, []
        known.sent_at = asyncio.get_running_loop().time()
        await _send(client, topic, frame, len(frame))

    def _known(self, topic: str) -> Topic:
        known = self._topics.setdefault(topic, Topic())
        _bound(self._topics, topic)
        return known


def _bound(known: OrderedDict[str, Any], latest: str) -> None:
    """Keep the latest; forget who was not asked for longest."""
    known.move_to_end(latest)
    if len(known) > TOPICS:
        known.popitem(last=False)


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


def heard_by(place: str, listeners: int) -> None:
    """So many hear what is said under `place`: `room.1` of `room.1.said`."""
    with suppress(BusAway):
        speaker().heard_by(place, listeners)


def say(topic: str, message: Message) -> None:
    """Send `message` to everyone who hears `topic`; never fails, as what is said is only a hint."""
    try:
        speaker().say(topic, message)
    except BusAway:
        LIVE.labels("lost").inc()
