"""`laotie walk`: the product's story, walked in a demo market with a moved clock, with the figures of every station."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from laotie.runtime.commands.needs import market_parts

if TYPE_CHECKING:
    from laotie.lab.walk.contracts import Station


@click.command("walk", short_help="Walk the whole circle once in a fresh demo market, with its figures.")
@click.option("--home", type=click.Path(path_type=Path), help="A new folder to keep the market in [a temporary one].")
@click.option("--language", type=click.Choice(["zh", "en"]), default="en", help="The language of the demo market.")
@click.option("--json", "as_json", is_flag=True, help="Tell each station as a line of JSON.")
@market_parts
def command(home: Path | None, language: str, as_json: bool) -> None:
    """Deal, facts, scores, standing, who is seen, room, deal: the whole circle, in a fresh demo market whose clock is
    moved through three weeks. Every walk gives the same figures."""
    from laotie.lab.walk.contracts import Astray
    from laotie.runtime.config import ConfigError
    from laotie.runtime.embedded.postgres import PostgresFault
    from laotie.stream.bus import BusAway

    if home and home.exists() and any(home.iterdir()):
        raise click.ClickException(f"{home} is not empty: a walk begins in a market of its own.")
    console = Console(stderr=as_json)
    try:
        with _folder(home) as folder:
            for station in _walk(folder, language, console):
                console.print(shown(station))
                if as_json:
                    click.echo(json.dumps(asdict(station), ensure_ascii=False))
    except Astray as error:
        raise click.ClickException(f"The circle is broken at the station {error}") from error
    except (ConfigError, PostgresFault, BusAway, OSError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _folder(home: Path | None) -> Iterator[Path]:
    if home:
        yield home
        return
    with tempfile.TemporaryDirectory(prefix="laotie-walk-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else where we are root
        yield Path(folder)


def _walk(folder: Path, language: str, console: Console) -> Iterator["Station"]:
    from laotie.runtime.commands.opened import opened, with_bus
    from laotie.runtime.home import Founding

    os.environ |= {"LAOTIE_SHELF_AGE": "0", "LAOTIE_DEMO": "true"}  # nothing is remembered: the clock jumps
    founding = Founding(language=language, demo=True)
    with with_bus(folder, founding), opened(folder, founding):
        from laotie.lab.walk import actions

        stations = actions.walk(language)
        while True:
            with console.status("walking"):
                station = next(stations, None)
            if station is None:
                return
            yield station


def shown(station: "Station") -> Group:
    """A station as the terminal shows it."""
    table = Table(show_header=False, box=None, padding=(0, 2))
    for name, figure in station.figures.items():
        table.add_row(name, Text(str(figure), "bold"))
    return Group(Text(f"\n{station.name}", "bold cyan") + Text(f" · {station.title}", "default"), table)
