"""The process's one connection to NATS, for synchronous code: an asyncio thread that is started when first needed.

    from laotie.stream.bus import bus
    bus().run(work, seconds=1)          # `work` is a coroutine function that takes the connection

Nothing waits for a bus that is away: `run` raises BusAway at once, and the connection comes back by itself.
An address may name a credentials file: `nats://host:4222?credentials=/path/to/market.creds`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future
from functools import cache
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

T = TypeVar("T")
AT_ONCE = 64  # calls in flight in one process; more would only queue up behind a slow server
POSTED = 1000  # and of those that nobody waits for
LATEST = 10.0  # seconds after which what nobody waits for is not worth sending any more
log = structlog.get_logger()


class BusAway(Exception):
    """NATS does not answer, or not in time. What was sent may or may not have arrived."""


class Bus:
    """A connection to `url`, kept up by its own thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._slots = BoundedSemaphore(AT_ONCE)
        self._posts = BoundedSemaphore(POSTED)
        self._starting = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client = Client()
        self._connecting: asyncio.Task[None] | None = None

    def run(self, work: Callable[[Client], Awaitable[T]], seconds: float) -> T:
        """The result of `work`, which has `seconds` to finish. Raises BusAway."""
        if not self._slots.acquire(blocking=False):
            raise BusAway("too many calls at once")
        try:
            return asyncio.run_coroutine_threadsafe(self._bounded(work, seconds), self._thread()).result()
        except (NatsError, OSError, TimeoutError) as error:
            raise BusAway(str(error) or repr(error)) from error
        finally:
            self._slots.release()

    def begin(
        self, work: Callable[[Client], Awaitable[T]], seconds: float, ended: Callable[[BaseException | None], None]
    ) -> None:
        """Begin `work` and do not wait; `ended` is told on the bus's thread: None, or what went wrong. The caller
        bounds how much it begins."""

        def told(done: "Future[T]") -> None:
            ended(CancelledError() if done.cancelled() else done.exception())

        asyncio.run_coroutine_threadsafe(self._bounded(work, seconds), self._thread()).add_done_callback(told)

    def post(self, work: Callable[[Client], Awaitable[None]], missed: Callable[[], None]) -> None:
        """Let `work` run soon, in the order of posting; `missed` is called where the bus is away or too much waits."""
        if not self._posts.acquire(blocking=False):
            return missed()

        def ended(error: BaseException | None) -> None:
            self._posts.release()
            if error is not None:
                missed()

        self.begin(work, LATEST, ended)
        return None

    def close(self) -> None:
        """End the connection and the thread."""
        if self._loop is None:
            return
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(timeout=5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._loop = None

    async def _bounded(self, work: Callable[[Client], Awaitable[T]], seconds: float) -> T:
        if not self._client.is_connected:
            await asyncio.wait_for(asyncio.shield(self._connect()), 1 if self._never_connected() else 0.01)
        async with asyncio.timeout(seconds):  # `wait_for` would make a task of it: for every page's decision
            return await work(self._client)

    def _never_connected(self) -> bool:
        return self._connecting is None or not self._connecting.done()

    def _connect(self) -> asyncio.Future[None]:
        """The first connection; later ones are the client's own business, and until then nothing is sent."""
        if self._connecting is None or (self._connecting.done() and self._client.is_closed):
            self._client = Client()
            self._connecting = asyncio.get_running_loop().create_task(self._dial(self._client))
        if self._connecting.done():
            raise ConnectionError("reconnecting")
        return self._connecting

    async def _dial(self, client: Client) -> None:
        await client.connect(
            **dialled(self.url), connect_timeout=1, max_reconnect_attempts=-1, reconnect_time_wait=0.25,
            error_cb=_quiet, disconnected_cb=_disconnected, reconnected_cb=_reconnected, name="laotie",
        )  # fmt: skip

    async def _end(self) -> None:
        if self._connecting and not self._connecting.done():
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        await self._client.close()

    def _thread(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                Thread(target=_serve, args=[self._loop], name="bus", daemon=True).start()
            return self._loop


def dialled(url: str) -> dict[str, Any]:
    """An address as the client takes it: the servers, and whose credentials to show them."""
    asked = parse_qs(urlsplit(url).query).get("credentials")
    return {"servers": url.partition("?")[0].split(","), **({"user_credentials": asked[0]} if asked else {})}


@cache
def bus() -> Bus:
    """The bus of this market. Raises BusAway where none is configured."""
    from django.conf import settings

    if not settings.CONFIG.nats_url:
        raise BusAway("no NATS_URL")
    return Bus(settings.CONFIG.nats_url)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()


async def _quiet(error: Exception) -> None:
    log.debug("bus", error=repr(error))


async def _disconnected() -> None:
    log.warning("the bus is away")


async def _reconnected() -> None:
    log.info("the bus is back")
