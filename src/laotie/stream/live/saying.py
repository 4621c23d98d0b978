"""Saying things to everyone who hears a topic: at once, or in frames where a topic is busy or heard by many.

Up to CALM messages a second of a topic go out one by one; above that those of FRAME seconds are sent as one message, a
JSON list, and so they are in the second after a busy one. Where many hear they go together, too (`lanes`). Listeners
take lists and single ones alike. Bounded: beyond MOST in one frame the oldest go, and are counted; whoever listens sees
the gap by the numbers of the messages and asks for what is missing.
"""

from collections import OrderedDict
from contextlib import suppress
from functools import cache
from typing import Any

from nats.aio.client import Client

from laotie.stream.bus import Bus, BusAway, bus
from laotie.stream.counters import LIVE
from laotie.stream.live.lanes import Message, Topic

TOPICS = 2000  # remembered at once


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
        known = self._topics.get(topic) or self._topics.setdefault(topic, Topic(topic))
        _bound(self._topics, topic)
        await known.say(client, message, self._listeners.get(topic.rpartition(".")[0], 0))


def _bound(known: OrderedDict[str, Any], latest: str) -> None:
    """Keep the latest; forget who was not asked for longest."""
    known.move_to_end(latest)
    if len(known) > TOPICS:
        known.popitem(last=False)


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
