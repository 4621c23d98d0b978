"""`laotie search`: the index that goods are found by."""

from pathlib import Path

import click
from rich.console import Console

from laotie.runtime.commands.needs import market_parts


@click.group(short_help="Look after the index that goods are found by.")
def command() -> None:
    """The search index of a market."""


@command.command("rebuild")
@click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="The market's folder [LAOTIE_HOME, ./var]"
)
@market_parts
def rebuild_command(home: Path | None) -> None:
    """Build the index anew from what the goods are now. Searching goes on meanwhile, on the old one."""
    from laotie.kit.errors import MarketError
    from laotie.runtime.commands.opened import opened
    from laotie.runtime.config import ConfigError
    from laotie.runtime.embedded.postgres import PostgresFault
    from laotie.runtime.home import Founding

    console = Console(stderr=True)
    try:
        with opened(home, Founding()), console.status("Reading the goods") as status:
            from laotie.places.search import actions

            found = actions.rebuild(lambda done: status.update(f"Reading the goods: {done:,}"))
    except (ConfigError, PostgresFault, MarketError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{found:,} products can be found.")
