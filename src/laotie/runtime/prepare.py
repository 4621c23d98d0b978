"""What stands between a home and its first page: migrations, collected assets, the demo's people and goods.

Run as a process (`python -m laotie.runtime.prepare`), so that the supervisor stays small. Every step may be repeated.
"""

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from rich.console import Console
from rich.markup import escape

from laotie.kit.assets.building import Workshop
from laotie.kit.assets.npm import NpmFault
from laotie.runtime.catalogues import PACKAGE, compile_stale
from laotie.runtime.config import home_folder, load
from laotie.runtime.writing import write_whole

SIGN_INS = "sign-ins.json"
PATIENCE = 60.0  # seconds, for a database that starts


def main() -> None:
    console = Console(stderr=True)
    with ThreadPoolExecutor(2) as aside:
        scripts = aside.submit(fetch_scripts)  # npm takes its seconds on another core
        draw = aside.submit(compile_draw)
        if os.access(PACKAGE, os.W_OK):
            compile_stale()
        django.setup()
        with step(console, "Preparing the database"):
            await_database()
            call_command("migrate", verbosity=0, interactive=False)
            plant_rulebook()
        with step(console, "Fetching the pages' scripts"):
            missing = scripts.result()
        if missing:
            console.print(f"[yellow]The pages go without their scripts for now.[/yellow] {escape(missing)}")
        collected = aside.submit(collect_assets)
        if settings.CONFIG.demo and importlib.util.find_spec("laotie.lab.demo.actions"):
            seed_demo(console)
        fill_shelf(console)
        with step(console, "Collecting assets"):
            collected.result()
        draw.result()


@contextmanager
def step(console: Console, words: str) -> Iterator[None]:
    """Say what takes its time: a line that goes again in a terminal, one that stays in a file."""
    if not console.is_terminal:
        console.print(f"{words} …")
        yield
    else:
        with console.status(words):
            yield


def await_database() -> None:
    """The home's own PostgreSQL starts while this process loads. Where none ever comes, migrating says why."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(psycopg.OperationalError):
            psycopg.connect(os.environ["DATABASE_URL"]).close()
            return
        time.sleep(0.1)


def compile_draw() -> None:
    """The loop that fills pages, once and by a process of its own: else every process of the web would."""
    compiled = "from laotie.engine.matching import drawing; drawing.stand_ready()"
    subprocess.run([sys.executable, "-c", compiled], check=True)


def collect_assets() -> None:
    from laotie.runtime.assets import collect

    collect()


def plant_rulebook() -> None:
    """The rulebook that ships is version one of a new market; a later release of the house changes none in force."""
    from laotie.trust.rulebook import actions

    actions.plant()


def fill_shelf(console: Console) -> None:
    """What was sold counted, and the search index built where there is none of this version; from then on the
    recorder keeps both true."""
    from laotie.places.search import actions
    from laotie.stream.outbox.subscriptions import deliver, subscriptions

    with step(console, "Filling the shelf"):
        for subscription in subscriptions():
            while subscription.name == "popularity.sales" and deliver(subscription):
                pass
        actions.ensure()


def fetch_scripts() -> str:
    """Third-party scripts from npm; what npm said where they could not be had. Without them every page still works,
    so a start without a network is no fault."""
    home = home_folder()
    try:
        Workshop(home / "npm", home / "assets", drawings=load().demo).build()
    except NpmFault as fault:
        return str(fault)
    return ""


def seed_demo(console: Console) -> None:
    """Fill the demo market, and keep its sign-ins so that every later start can print them."""
    from laotie.lab.demo import actions

    with step(console, "Filling the demo market"):
        people: list[Any] = actions.seed(settings.MARKET.language)
    rows = [asdict(person) for person in people]
    write_whole(settings.HOME / SIGN_INS, json.dumps(rows, ensure_ascii=False, indent=1).encode())


if __name__ == "__main__":
    main()
