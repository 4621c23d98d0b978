"""The peer of `benchmarks.room_fanout`: a room in Django Channels, served by daphne, with the in-memory layer.

    python django_channels.py PORT SECONDS LOAD VIEWERS

Says "listening", waits until all viewers are in, says everything at an even pace, then prints how many messages, and
when it said the first.
"""

import asyncio
import json
import sys
import time

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="benchmark", ALLOWED_HOSTS=["*"], INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={"default": {  # nothing is dropped for being late, or for a queue that is full
        "BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000, "expiry": 3600},
    }},
)  # fmt: skip
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from channels.routing import ProtocolTypeRouter  # noqa: E402
from daphne.server import Server  # noqa: E402

PORT, SECONDS, LOAD, VIEWERS = (int(argument) for argument in sys.argv[1:5])
A_SECOND = 10 * LOAD
inside = 0


class Room(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        global inside  # noqa: PLW0603
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()
        inside += 1

    async def said(self, event: dict[str, str]) -> None:
        await self.send(event["text"])


async def talk() -> None:
    layer = get_channel_layer()
    while inside < VIEWERS:
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    began, count = time.monotonic(), A_SECOND * SECONDS
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
        event = {"seq": number, "kind": "said", "at": time.time(), "body": {"words": "x" * 120}}
        text = json.dumps(event, separators=(",", ":"))
        await layer.group_send("room", {"type": "said", "text": text})
    print(count, began, flush=True)


def main() -> None:
    from twisted.internet import asyncioreactor, reactor

    assert asyncioreactor
    application = ProtocolTypeRouter({"websocket": Room.as_asgi()})
    server = Server(application, endpoints=[f"tcp:port={PORT}:interface=127.0.0.1"], signal_handlers=False)
    reactor.callWhenRunning(lambda: asyncio.get_event_loop().create_task(talk()))
    reactor.callWhenRunning(lambda: print("listening", flush=True))
    server.run()


if __name__ == "__main__":
    main()
