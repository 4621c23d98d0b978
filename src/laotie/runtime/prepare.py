"""What stands between a home and its first page: migrations, collected assets, the demo's people and goods.

Run as a process (`python -m laotie.runtime.prepare`), so that the supervisor stays small. Every step may be repeated.
"""

import importlib.util
import json
import os
from dataclasses import asdict
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from rich.console import Console

from laotie.runtime.catalogues import PACKAGE, compile_stale
from laotie.runtime.home import write_privately

SIGN_INS = "sign-ins.json"


def main() -> None:
    django.setup()
    console = Console(stderr=True)
    if os.access(PACKAGE, os.W_OK):
        compile_stale()
    with console.status("Preparing the database"):
        call_command("migrate", verbosity=0, interactive=False)
    with console.status("Collecting assets"):
        call_command("collectstatic", verbosity=0, interactive=False)
    if settings.CONFIG.demo and importlib.util.find_spec("laotie.lab.demo.actions"):
        seed_demo(console)


def seed_demo(console: Console) -> None:
    """Fill the demo market, and keep its sign-ins so that every later start can print them."""
    from laotie.lab.demo import actions  # type: ignore[attr-defined]

    with console.status("Filling the demo market"):
        people: list[Any] = actions.seed(settings.MARKET.language)
    rows = [asdict(person) for person in people]
    write_privately(settings.HOME / SIGN_INS, json.dumps(rows, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
