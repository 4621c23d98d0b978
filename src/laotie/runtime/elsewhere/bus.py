"""A NATS of one's own: whether it answers, lets the market in, and keeps journals (JetStream)."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from nats.aio.client import Client
from nats.errors import Error, NoServersError
from nats.errors import TimeoutError as NoAnswer
from nats.js.errors import APIError
from nats.js.errors import Error as JetStreamError

from laotie.runtime.config import Config
from laotie.runtime.elsewhere.unfit import Unfit
from laotie.stream.bus import dialled

PATIENCE = 5.0  # seconds
OLDEST = (2, 10)
JETSTREAM = "Turn it on: `jetstream { store_dir: … }` in its configuration, and for the market's account."


async def examine(url: str) -> str:
    """What serves at `url`, in words. Raises Unfit."""
    where = shown(url)
    client, asked, heard = Client(), dialled(url), list[Exception]()
    if not Path(asked.get("user_credentials", __file__)).is_file():
        raise Unfit(f"{asked['user_credentials']} is not there.", "Mend `?credentials=…` in NATS_URL; `laotie bus`.")
    try:
        await asyncio.wait_for(_connect(client, asked, heard), PATIENCE)
        version = client.connected_server_version
        await client.jetstream(timeout=PATIENCE).account_info()
    except (APIError, JetStreamError) as error:
        raise Unfit(f"The NATS at {where} has no JetStream for this market: {_said(error)}.", JETSTREAM) from error
    except (NoAnswer, TimeoutError) as error:
        raise Unfit(*_silent(client, where)) from error
    except (Error, OSError, ValueError) as raised:
        reason = _told(heard) or raised if isinstance(raised, NoServersError) else raised
        raise Unfit(f"NATS_URL does not answer at {where}: {_said(reason)}.", _mend(reason)) from raised
    finally:
        await client.close()
    if (version.major, version.minor) < OLDEST:
        raise Unfit(
            f"The NATS at {where} is version {version.major}.{version.minor}.",
            f"Laotie needs {'.'.join(map(str, OLDEST))} or newer.",
        )
    return f"{version.major}.{version.minor} at {where} with JetStream (NATS_URL)"


def browsers(config: Config) -> str:
    """How browsers reach a bus that is not ours; "" where they do not. Raises Unfit."""
    if not config.live_url:
        return ""
    if config.live_seed and not config.live_account:
        raise Unfit("LAOTIE_LIVE_SEED is set and LAOTIE_LIVE_ACCOUNT is not.", "Name the account whose key it is.")
    host, pages = urlsplit(config.live_url).hostname or "", urlsplit(config.public_url).hostname or ""
    if host not in (pages, *config.hosts):
        ours = pages or config.hosts[0]
        raise Unfit(
            f"LAOTIE_LIVE_URL names {host}, where browsers bear no ticket: it is a cookie of {ours}.",
            "Let the proxy of the pages pass /live/ to the bus, or use another port of the same host.",
        )
    return f"browsers at {config.live_url}"


def shown(url: str) -> str:
    """The server's place, without user and password."""
    parts = urlsplit(url.partition(",")[0])
    return f"{parts.hostname or 'localhost'}:{parts.port or 4222}"


async def _connect(client: Client, asked: dict[str, Any], heard: list[Exception]) -> None:
    async def hear(error: Exception) -> None:
        heard.append(error)

    await client.connect(
        **asked, connect_timeout=2, max_reconnect_attempts=1, reconnect_time_wait=0.1, error_cb=hear,
        name="laotie doctor",
    )  # fmt: skip


def _told(heard: list[Exception]) -> Exception | None:
    """What the server said of us, else what befell the connection: it may be cut before or after the server speaks."""
    return next((error for error in reversed(heard) if not isinstance(error, OSError)), heard[-1] if heard else None)


def _silent(client: Client, where: str) -> tuple[str, str]:
    if client.is_connected:
        return (
            f"The NATS at {where} does not answer on $JS.API: JetStream is off there, or closed to this user.",
            JETSTREAM,
        )
    return f"NATS_URL does not answer at {where} within {PATIENCE:.0f} s.", "Start it, or unset NATS_URL."


def _mend(error: Exception) -> str:
    if "uthorization" in str(error) or "credentials" in str(error).lower():
        return "Mend user and password in NATS_URL, or `?credentials=/path/to/market.creds`."
    if isinstance(error, NoServersError | OSError):
        return "Start it, or unset NATS_URL: then the market runs its own."
    return "Mend NATS_URL: nats://HOST:4222?credentials=/path/to/market.creds"


def _said(error: Exception) -> str:
    return " ".join(str(error).removeprefix("nats: ").split()).rstrip(".") or type(error).__name__
