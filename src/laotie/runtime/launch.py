"""From an order (`laotie up …`) to a running market, and back to a quiet home."""

import asyncio
import contextlib
import os
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from laotie.runtime import programs, welcome
from laotie.runtime.certificates.authority import Papers, ensure, named
from laotie.runtime.certificates.names import names
from laotie.runtime.config import Config, ConfigError, home_folder, load
from laotie.runtime.elsewhere import bus, postgres
from laotie.runtime.elsewhere.unfit import Unfit
from laotie.runtime.embedded.nats import Nats
from laotie.runtime.embedded.postgres import Cluster, PostgresFault
from laotie.runtime.home import Founding, Home
from laotie.runtime.processes import orphans, ports
from laotie.runtime.processes.supervisor import Kept, Supervisor
from laotie.runtime.processes.voices import Voices
from laotie.runtime.running import AlreadyRunning, HomeLock

WEB_PORT = 8000
NATS_PORT = 4222
DOOR_PORT = 8080  # of plain http beside https
FIRST_ANSWER = 60.0
LOCAL = ("127.0.0.1", "0.0.0.0")  # noqa: S104  only compared with


class StartFault(Exception):
    """The market did not come up; the message says what was tried and where to read more."""


FAULTS = (StartFault, ConfigError, AlreadyRunning, ports.PortTaken, PostgresFault, Unfit, OSError)


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line. `founding` counts only where the home is new."""

    home: Path | None = None
    port: int | None = None
    host: str = "127.0.0.1"
    demo: bool = False
    https: bool = False
    founding: dict[str, str] = field(default_factory=dict)


async def up(order: Order) -> int:
    """Run a market until it is told to stop. Returns the exit code; raises one of FAULTS where it cannot start."""
    config, home = furnish(order)
    with HomeLock(home.run) as lock:
        orphans.end(orphans.left_behind(home.path))
        home.forget_counters()
        supervisor = Supervisor(Voices(home.logs))
        supervisor.obey_signals()
        try:
            address = await start(order, config, supervisor)
            if address:
                lock.tell(address)
                welcome.greet(config, address, order.host)
                await supervisor.stopping.wait()
        finally:
            await supervisor.stop()
    return 0


def furnish(order: Order) -> tuple[Config, Home]:
    """The home with its settings; made when it is new."""
    if order.home:
        os.environ["LAOTIE_HOME"] = str(order.home.absolute())
    founding = Founding(**{"language": welcome.language_of_terminal(), **order.founding}, demo=order.demo)
    home = Home(home_folder())
    if not home.market_file.exists():
        load(**vars(founding))  # refuses a currency or time zone that does not exist before anything is written
    home.make(founding)
    config = load()
    if order.demo and not config.demo:
        raise ConfigError(
            f"{home.path} holds a market of its own; --demo would fill it with inventions. Choose another --home."
        )
    config.require_safe()
    return config, home


async def start(order: Order, config: Config, supervisor: Supervisor) -> str | None:
    """Start all programs in their order; returns the address, or None when told to stop meanwhile."""
    port = ports.asked_for(order.port, order.host) if order.port else ports.first_free(WEB_PORT, host=order.host)
    await examine_elsewhere(config)
    cluster = Cluster(config.home / "pg", durable=True)
    if not config.database_url:
        await asyncio.to_thread(cluster.stop)  # one that a killed command left: nobody may come upon it
    papers = papers_of(config, order.host) if order.https else None
    nats_url, live_port = start_nats(config, supervisor, order.host, port, papers)
    scheme = "https" if papers else "http"
    address = f"{scheme}://{'localhost' if order.host in LOCAL else order.host}:{port}"
    own = programs.addresses(config, order.host, address, papers)
    environment = programs.surroundings(config, config.database_url or cluster.url(), nats_url, live_port) | own
    embedded = () if config.database_url else (start_postgres(cluster, supervisor),)
    if (await asyncio.gather(supervisor.run(programs.prepare(environment)), *embedded))[0] != 0:
        if supervisor.stopping.is_set():
            return None
        raise StartFault(f"The home could not be prepared; what went wrong stands above and in {config.home / 'logs'}.")
    web = supervisor.keep(programs.web(order.host, port, environment, papers))
    if not await answers(f"{scheme}://{near(order.host)}:{port}/healthz", web, supervisor, papers):
        return None
    if papers:
        door_port = ports.first_free(DOOR_PORT, host=order.host)
        door = supervisor.keep(programs.door(order.host, door_port, port, papers, environment))
        if not await answers(f"http://{near(order.host)}:{door_port}/trust", door, supervisor):
            return None
        welcome.say_how_to_trust(config, order.host, door_port, papers)
    for program in (programs.studio, programs.recorder, programs.worker, programs.timers):
        supervisor.keep(program(environment))  # after the web: nobody waits for them
    return address


async def examine_elsewhere(config: Config) -> None:
    """Raise Unfit where the database of the settings does not serve. A bus that does not is only told: pages go on
    without it, and it is found when it comes."""
    if config.database_url:
        await asyncio.to_thread(postgres.examine, config.database_url)
    if config.nats_url:
        try:
            await bus.examine(config.nats_url)
            bus.browsers(config)
        except Unfit as unfit:
            welcome.warn(str(unfit))


def papers_of(config: Config, host: str) -> Papers:
    """The market's own authority and certificate, for every name this machine has."""
    further = [*config.hosts, *([] if host in LOCAL else [host])]
    return ensure(config.home / "tls", config.market_name, names(further))


def near(host: str) -> str:
    """Where this process reaches what listens at `host`."""
    return "127.0.0.1" if host in LOCAL else host


async def start_postgres(cluster: Cluster, supervisor: Supervisor) -> None:
    """The home's own database, made where it is new. What prepares the home loads meanwhile and waits for it."""
    await asyncio.to_thread(cluster.create)
    kept = supervisor.keep(cluster.program())
    while not await asyncio.to_thread(cluster.answers):
        if kept.deaths > 3 or supervisor.stopping.is_set():
            raise StartFault(f"PostgreSQL does not start; its last words are in {cluster.log}.")
        await asyncio.sleep(0.05)
    await asyncio.to_thread(cluster.make_database)


def start_nats(
    config: Config, supervisor: Supervisor, host: str, web_port: int, papers: Papers | None
) -> tuple[str, int]:
    """The bus of this home: its address for us, and its port for browsers, which listens where the pages do."""
    if config.nats_url:
        return config.nats_url, 0
    port = ports.first_free(NATS_PORT)
    live_port = ports.first_free(port + 1, host=host)
    nats = Nats(
        config.home / "nats", port, live_port, config.nats_password, websocket_host=host,
        origins=origins(config, host, web_port, papers), papers=papers,
    )  # fmt: skip
    supervisor.keep(programs.nats(nats, config.home))
    return nats.url, live_port


def origins(config: Config, host: str, port: int, papers: Papers | None = None) -> tuple[str, ...]:
    """The pages from which browsers may come to the bus. A demo that answers to any name names none: from anywhere."""
    if config.demo and host != "127.0.0.1":
        return ()
    if papers:
        ours = [f"https://{f'[{name}]' if ':' in name else name}:{port}" for name in sorted(named(papers.certificate))]
        return tuple(dict.fromkeys([*ours, *config.origins, *filter(None, [config.public_url])]))
    local = [f"http://{name}:{port}" for name in ("localhost", "127.0.0.1", *([] if host in LOCAL else [host]))]
    return tuple(dict.fromkeys([*local, *config.origins, *filter(None, [config.public_url])]))


async def answers(url: str, kept: Kept, supervisor: Supervisor, papers: Papers | None = None) -> bool:
    """Wait for the first 200 of `url`; False when told to stop. Raises StartFault when the program does not come up."""
    deadline = time.monotonic() + FIRST_ANSWER
    while not supervisor.stopping.is_set():
        if kept.deaths > 3 or time.monotonic() > deadline:
            raise StartFault(f"{kept.program.name} does not come up. Its last words: {kept.last_line or '(none)'}")
        if await asyncio.to_thread(_is_up, url, papers):
            return True
        await asyncio.sleep(0.1)
    return False


def _is_up(url: str, papers: Papers | None) -> bool:
    trusted = ssl.create_default_context(cafile=papers.authority) if papers else None
    with contextlib.suppress(OSError), urlopen(url, timeout=2, context=trusted) as answer:  # noqa: S310  our own
        return bool(answer.status == 200)
    return False
