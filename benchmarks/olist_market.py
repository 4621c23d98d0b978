"""A market with Olist's history in it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from benchmarks import running_market
from benchmarks.running_market import MARKET, Site

DATA = Path("../shared/data/olist")
SETTINGS = {"LAOTIE_COUNT_STATEMENTS": "1", "LAOTIE_DEMO": "false"}


@contextmanager
def market(home: Path, data: Path, console: Console) -> Iterator[Site]:
    """A running market with Olist in it, imported where it is not yet; stopped at the end."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "olist.done").exists():
        console.print("importing Olist (some minutes) …")
        command = [*MARKET, "import", "olist", str(data), "--home", str(home), "--rejects", str(home / "rejects.csv")]
        subprocess.run(command, env=os.environ | SETTINGS, check=True, stdout=subprocess.DEVNULL)
        (home / "olist.done").touch()
    with running_market.market(home, settings=SETTINGS) as site:
        yield site
