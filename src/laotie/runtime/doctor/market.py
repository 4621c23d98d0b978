"""The market's parts: settings, home, ports, PostgreSQL, NATS, the pages' scripts."""

import asyncio
import os
import subprocess
from pathlib import Path

from laotie.kit.assets import npm
from laotie.kit.assets.building import Workshop
from laotie.runtime.config import Config
from laotie.runtime.doctor.finding import Finding, bad, good, note
from laotie.runtime.elsewhere import bus, postgres
from laotie.runtime.elsewhere.unfit import Unfit
from laotie.runtime.embedded import binaries, nats, place
from laotie.runtime.processes import ports
from laotie.runtime.running import AlreadyRunning, HomeLock


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
        return _postgresql_elsewhere(config.database_url)
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


def _postgresql_elsewhere(url: str) -> Finding:
    try:
        return good("postgresql", postgres.examine(url))
    except Unfit as unfit:
        return bad("postgresql", unfit.words, unfit.mend)


def live_bus(config: Config) -> Finding:
    if config.nats_url:
        return _bus_elsewhere(config)
    try:
        return good("nats", f"from {nats.binary()}")
    except FileNotFoundError as error:
        return bad("nats", "There is none.", str(error))


def _bus_elsewhere(config: Config) -> Finding:
    try:
        words, heard = asyncio.run(bus.examine(config.nats_url)), bus.browsers(config)
    except Unfit as unfit:
        return bad("nats", unfit.words, unfit.mend)
    if not heard:
        return note(
            "nats",
            f"{words}; browsers cannot reach it.",
            "Set LAOTIE_LIVE_URL; until then rooms ask every three seconds.",
        )
    return good("nats", f"{words}; {heard}")


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
