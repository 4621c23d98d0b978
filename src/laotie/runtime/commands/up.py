"""`laotie up`: everything a market's home needs, in one terminal."""

import asyncio
import sys
from pathlib import Path

import click

from laotie.runtime.commands.needs import market_parts


@click.command("up", short_help="Run a market: database, live bus, web, workers. Ctrl-C stops it.")
@click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="The market's folder [LAOTIE_HOME, ./var]"
)
@click.option("--port", type=click.IntRange(1, 65535), help="Where the pages are served [8000 or the next free one]")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--https", is_flag=True, help="Serve https by an authority of this market's own, as phones' cameras need."
)
@click.option("--demo", is_flag=True, help="Fill an invented market with four people to sign in as.")
@click.option("--name", help="A new market's name [Laotie]")
@click.option("--currency", help="A new market's currency, for ever [CNY]")
@click.option("--time-zone", help="Where a new market's day begins at midnight, for ever [Asia/Shanghai]")
@click.option("--language", type=click.Choice(["zh", "en"]), help="A new market's own language [that of this terminal]")
@market_parts
def command(home: Path | None, port: int | None, host: str, https: bool, demo: bool, **founding: str | None) -> None:
    """Start everything this home needs. A second start finds its data again."""
    from laotie.runtime import launch

    founding["market_name"] = founding.pop("name")
    order = launch.Order(home, port, host, demo, https, {name: value for name, value in founding.items() if value})
    try:
        code = asyncio.run(launch.up(order))
    except launch.FAULTS as fault:
        raise click.ClickException(str(fault)) from fault
    sys.exit(code)
