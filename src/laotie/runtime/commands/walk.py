"""`laotie walk`: the product's story, walked in a demo market with a moved clock, with the figures of every station."""

import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from laotie.runtime.commands.needs import needs_market


@click.command("walk", short_help="Walk the whole circle once in a fresh demo market, with its figures.")
@click.option("--home", type=click.Path(path_type=Path), help="A new folder to keep the market in [a temporary one].")
@click.option("--language", type=click.Choice(["zh", "en"]), default="en", help="The language of the demo market.")
def command(home: Path | None, language: str) -> None:
    """Deal, facts, scores, standing, who is seen, and back: a market's whole circle in a minute."""
