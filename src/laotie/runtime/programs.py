"""The programs of a running market, and the surroundings they all share."""

import sys
from collections.abc import Mapping
from pathlib import Path

from laotie.runtime.certificates.authority import Papers, named
from laotie.runtime.config import Config
from laotie.runtime.embedded.nats import Nats
from laotie.runtime.processes.orphans import MARK
from laotie.runtime.processes.program import Program, python

WEB_WORKERS = 2  # one a core of a small machine: what each remembers for a moment is remembered twice, not four times
WEB_THREADS = 4
WAITING = (
    2048  # connections a process holds; an idle one counts until it is let go, so a crowd needs more than work does
)
BEHIND_PAGES = 15  # niceness of what nobody waits for: a page that somebody looks at goes first
BEHIND_PAGES_A_LITTLE = 2  # of the recorder: rooms tell what is left by what it carries, in a rush above all
SETTINGS = "laotie.runtime.django"


def surroundings(config: Config, database_url: str, nats_url: str, live_port: int = 0) -> dict[str, str]:
    """The environment of every process of this home. `live_port`: where browsers reach an embedded bus."""
    home = str(config.home)
    return {
        MARK: home,
        "LAOTIE_HOME": home,
        "LAOTIE_COLOUR": str(sys.stderr.isatty()).lower(),
        "LAOTIE_DEMO": str(config.demo).lower(),
        "DATABASE_URL": database_url,
        "NATS_URL": nats_url,
        "LAOTIE_LIVE_PORT": str(live_port or config.live_port),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONDONTWRITEBYTECODE": "",  # compiled once, by whoever comes first: seconds at every start
        "PYTHONUNBUFFERED": "1",
        "PROMETHEUS_MULTIPROC_DIR": str(config.home / "run" / "metrics"),
    }


def addresses(config: Config, host: str, address: str, papers: Papers | None = None) -> dict[str, str]:
    """This start's own address, for links in mail, where the settings name none. A demo answers to any name, and a
    market with papers to those that stand in them."""
    said = {"LAOTIE_PUBLIC_URL": config.public_url or address}
    if papers:
        said |= {"LAOTIE_HTTPS": "true", "LAOTIE_OWN_CERTIFICATE": "true"}
        said["LAOTIE_HOSTS"] = ",".join(f"[{name}]" if ":" in name else name for name in named(papers.certificate))
    if config.demo and host != "127.0.0.1" and "hosts" not in config.model_fields_set:
        said["LAOTIE_HOSTS"] = "*"
    return said


def nats(server: Nats, home: Path) -> Program:
    """The live bus."""
    return Program("nats", server.command(), {MARK: str(home)}, worth_showing=r"\[(ERR|FTL)\]")


def web(host: str, port: int, environment: Mapping[str, str], papers: Papers | None = None) -> Program:
    """The pages and the REST, behind granian; over https where there are papers."""
    files = ("--ssl-certificate", str(papers.certificate), "--ssl-keyfile", str(papers.key)) if papers else ()
    secured = (*files, "--ssl-protocol-min", "tls1.2") if files else ()
    return python(
        "web", "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS), "--respawn-failed-workers",
        "--workers-kill-timeout", "5s", "--backlog", str(WAITING), "--backpressure", str(WAITING), "--no-ws",
        "--log-level", "error", *secured,
        "laotie.runtime.wsgi:application",
        environment=environment,
    )  # fmt: skip


def door(host: str, port: int, https_port: int, papers: Papers, environment: Mapping[str, str]) -> Program:
    """Plain http beside https: how to trust this market, and the way to it."""
    return python(
        "door", "-m", "laotie.runtime.certificates.door", "--host", host, "--port", str(port),
        "--https-port", str(https_port), "--authority", str(papers.authority), environment=environment,
    )  # fmt: skip


def worker(environment: Mapping[str, str]) -> Program:
    """Background work. Finished jobs are deleted: a long table of them slows every fetch down."""
    return python("worker", *_procrastinate("--concurrency", "4"), environment=environment, niceness=BEHIND_PAGES)


def timers(environment: Mapping[str, str]) -> Program:
    """Deadlines have a worker of their own, so that a backlog cannot make them late."""
    return python("timers", *_procrastinate("--queues", "timers", "--concurrency", "2"), environment=environment)


def recorder(environment: Mapping[str, str]) -> Program:
    """Carries facts from the outbox and the beacons into the lake."""
    return python("recorder", "-m", "laotie.stream.recorder", environment=environment, niceness=BEHIND_PAGES_A_LITTLE)


def studio(environment: Mapping[str, str]) -> Program:
    """Makes HLS and recordings of what hosts send."""
    return python("studio", "-m", "laotie.places.media.studio", environment=environment)


def prepare(environment: Mapping[str, str]) -> Program:
    """Migrations, assets, and the demo's people and goods; runs once, before the web."""
    return python("prepare", "-m", "laotie.runtime.prepare", environment=environment)


def _procrastinate(*options: str) -> tuple[str, ...]:
    return ("-m", "django", "procrastinate", "worker", "--delete-jobs", "successful", *options)
