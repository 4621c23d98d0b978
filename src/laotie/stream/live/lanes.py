"""A topic and its lanes: what is said goes out at once, or waits for the next frame.

What costs where many hear is not the message but its deliveries: a lane falls silent for as long as its last frame took
to reach everybody (EACH listener's share), and what is said meanwhile goes together. A crowd has several lanes, told
one after the other through the silence, so that the last to hear a message waits for its own lane's deliveries alone.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import randbelow
from typing import Any, NamedTuple

from nats.aio.client import Client

from laotie.stream.counters import LIVE

CALM = 12  # messages a second: eight lines of chat and two ticks, and two for an uneven pace
FRAME = 0.25  # seconds: what a reader of chat does not notice
EACH = 20e-6  # seconds of a core for one delivery over WebSocket: so much `benchmarks.room_fanout` measures
LANES = 2  # more of them let a message wait longer for its turn than they save
CROWD = 2500  # listeners from whom on there are lanes: below, one message reaches everybody within 50 ms
SLACK = 0.05  # of a silence: a message that comes so near its end goes with the frame, instead of just missing it
MOST = 400  # messages in one frame
Message = Mapping[str, Any]


def topics(place: str) -> list[str]:
    """What one listener of `place` (`room.1` of `room.1.said`) is to hear: what is said to all, and a lane."""
    return [f"{place}.*", f"{place}.{randbelow(LANES)}.*"]


class Pace(NamedTuple):
    """Seconds between two frames of a lane, and the share of them in which no other lane begins."""

    silence: float
    share: float


@dataclass
class Wire:
    """What the lanes of a topic share: when the last frame, of whichever, has had its share (of the loop's clock)."""

    free_at: float = float("-inf")


@dataclass
class Lane:
    """Some of a topic's listeners, or all: where they hear, when the last frame was sent to them, what waits for the
    next one, and what will send it. What is said in several lanes is counted in one of them."""

    subject: str
    wire: Wire
    counted: bool = True
    sent_at: float = float("-inf")
    waiting: list[Message] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None

    async def say(self, client: Client, message: Message, pace: Pace) -> None:
        """Say `message` with what waits here already: now, where the silence is over and the wire is free; else a timer
        will, or the next message."""
        loop, grace = asyncio.get_running_loop(), SLACK * pace.silence
        self.waiting.append(message)
        if len(self.waiting) > MOST:
            self.waiting.pop(0)
            LIVE.labels("dropped").inc(self.counted)
        due = max(self.sent_at + pace.silence, self.wire.free_at)
        if due - grace <= loop.time():
            await self._flush(client, pace.share)
        elif self.timer is None:
            self.timer = loop.call_at(due + grace, self._flush_soon, client, pace.share)

    def _flush_soon(self, client: Client, share: float) -> None:
        task = asyncio.get_running_loop().create_task(self._flush(client, share))
        task.add_done_callback(lambda done: done.exception())

    async def _flush(self, client: Client, share: float) -> None:
        frame, self.waiting = self.waiting, []
        if self.timer:
            self.timer.cancel()
            self.timer = None
        self.sent_at = asyncio.get_running_loop().time()
        self.wire.free_at = self.sent_at + share
        if not client.is_connected:
            LIVE.labels("lost").inc(len(frame) * self.counted)
            return
        said = frame if len(frame) > 1 else frame[0]
        words = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=str)
        await client.publish(self.subject, words.encode())
        LIVE.labels("said").inc(len(frame) * self.counted)
        LIVE.labels("frames").inc()


class Topic:
    """One topic: how busy it is, and whom it is said to, all together or a crowd lane by lane."""

    def __init__(self, topic: str) -> None:
        place, _, kind = topic.rpartition(".")
        wire = Wire()
        self.all = Lane(topic, wire)
        self.lanes = [Lane(f"{place}.{number}.{kind}", wire, number == 0) for number in range(LANES)]
        self.second, self.said = 0, 0  # messages of this second
        self.busy = False  # the second before was

    async def say(self, client: Client, message: Message, listeners: int) -> None:
        """Say `message` to `listeners`, soon."""
        silence = self._silence(asyncio.get_running_loop().time(), listeners)
        lanes = self.lanes if listeners >= CROWD else [self.all]
        for lane in lanes:
            await lane.say(client, message, Pace(silence, silence / len(lanes)))

    def _silence(self, now: float, listeners: int) -> float:
        """Count one more message; the seconds that are to pass between two frames of a lane."""
        second = int(now)
        if second != self.second:
            self.busy = self.said > CALM and second == self.second + 1
            self.second, self.said = second, 0
        self.said += 1
        return FRAME if self.busy or self.said > CALM else min(FRAME, EACH * listeners)
