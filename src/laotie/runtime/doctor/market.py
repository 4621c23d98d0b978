"""The market's parts: settings, home, ports, PostgreSQL, NATS, the pages' scripts."""

import os
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from laotie.kit.assets import npm
from laotie.kit.assets.building import Workshop
from laotie.runtime.config import Config
from laotie.runtime.doctor.finding import Finding, bad, good, note
from laotie.runtime.embedded import binaries, nats, place
from laotie.runtime.processes import ports
from laotie.runtime.running import AlreadyRunning, HomeLock

PATIENCE = 5


def home(config: Config) -> Finding:
    """Whether the home can be written, and whether it runs just now."""
    there = next(folder for folder in (config.home, *config.home.parents) if folder.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return bad(
            "home", f"{there} cannot be written by this user.", "Choose another folder: --home DIR or LAOTIE_HOME."
        )
    if not (config.home / "run").is_dir():
        return good("home", f"{config.home} will be made by `laotie up`")
    try:
        with HomeLock(config.home / "run"):
            return good("home", f"{config.home}, not running")
    except AlreadyRunning as running:
        return good(
            "home", f"{config.home}, running at {running.note.address or '(starting)'} (pid {running.note.pid})"
        )


def settings(config: Config) -> Finding:
    if (config.home / "market.toml").exists() or config.demo:
        return good("settings", f"{config.market_name}, {config.currency}, {config.time_zone}, {config.language}")
    return good("settings", "none yet; `laotie up` writes market.toml")


def web_port() -> Finding:
    if ports.is_free(8000):
        return good("port", "8000 is free")
    free = ports.first_free(8001)
    return note("port", f"8000 is held by {ports.holder_of(8000)}.", f"`laotie up` takes {free}, or what --port says.")


def postgresql(config: Config) -> Finding:
    if config.database_url:
        return _server(config.database_url)
    try:
        folder = binaries.binaries()
    except FileNotFoundError as error:
        return bad("postgresql", "There is none.", str(error))
    major = binaries.version(folder / "postgres")
    if major is None:
        said = subprocess.run(
            [str(folder / "postgres"), "--version"], check=False, capture_output=True, text=True
        ).stderr
        return bad(
            "postgresql", f"{folder} does not run here: {said.strip()}", "Install PostgreSQL 18 or set DATABASE_URL."
        )
    runs_as = place.user(config.home / "pg")
    return good("postgresql", f"{major} from {folder}" + (f", run as the user {runs_as}" if runs_as else ""))


def _server(url: str) -> Finding:
    import psycopg

    shown = urlsplit(url).hostname or url.rpartition("host=")[2] or "the default socket"
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
            major = connection.info.server_version // 10000
    except psycopg.Error as error:
        return bad(
            "postgresql",
            f"DATABASE_URL does not answer at {shown}: {error}".strip(),
            "Start it, or unset DATABASE_URL.",
        )
    if major < binaries.OLDEST:
        return bad("postgresql", f"{shown} is version {major}.", f"Laotie needs {binaries.OLDEST} or newer.")
    return good("postgresql", f"{major} at {shown} (DATABASE_URL)")


def live_bus(config: Config) -> Finding:
    if not config.nats_url:
        try:
            return good("nats", f"from {nats.binary()}")
        except FileNotFoundError as error:
            return bad("nats", "There is none.", str(error))
    address = urlsplit(config.nats_url)
    try:
        socket.create_connection((address.hostname or "localhost", address.port or 4222), PATIENCE).close()
    except OSError as error:
        return bad("nats", f"NATS_URL does not answer: {error}", "Start it, or unset NATS_URL.")
    return good("nats", f"answers at {address.hostname}:{address.port or 4222} (NATS_URL)")


def node() -> Finding:
    try:
        return good("npm", " ".join(Path(part).name for part in npm.command()))
    except npm.NpmFault as fault:
        return note("npm", "There is none: the pages would go without scripts.", str(fault))


def scripts(config: Config) -> Finding:
    workshop = Workshop(config.home / "npm", config.home / "assets")
    if workshop.is_current():
        return good("scripts", "fetched")
    return note("scripts", "The pages' scripts are not fetched yet.", "`laotie up` does it; it needs a network once.")
