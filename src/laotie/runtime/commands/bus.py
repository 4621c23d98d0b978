"""`laotie bus DIR`: the configuration of a live bus that runs elsewhere, with this home's keys."""

import os
from pathlib import Path

import click

from laotie.runtime.commands.needs import market_parts


@click.command("bus", short_help="Write the configuration of a NATS that runs outside of this home.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="The market's folder [LAOTIE_HOME, ./var]"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address on which the bus will listen.")
@click.option("--port", type=click.IntRange(1, 65535), default=4222, show_default=True, help="For the market.")
@click.option("--live-port", type=click.IntRange(1, 65535), default=4223, show_default=True, help="For browsers.")
@click.option("--origin", multiple=True, help="Where the pages are: https://market.example. Repeat for several.")
@market_parts
def command(folder: Path, home: Path | None, *, host: str, port: int, live_port: int, origin: tuple[str, ...]) -> None:
    """Write nats.conf and market.creds into FOLDER, and say how to start them and what to set."""
    from laotie.runtime.config import ConfigError, load
    from laotie.runtime.embedded.nats import CREDENTIALS, Nats

    if home:
        os.environ["LAOTIE_HOME"] = str(home.absolute())
    try:
        config = load()
        if not config.nats_password:
            raise ConfigError(f"{config.home} is no market's home yet: `laotie up` makes it.")
        origins = origin or tuple(filter(None, [config.public_url]))
        if not origins and not config.demo:
            raise ConfigError("Say where the pages are, as browsers may come from nowhere else: --origin https://…")
        target = folder.absolute()
        bus = Nats(target, port, live_port, config.nats_password, host, host, origins)
        path = bus.lay_out()
    except (ConfigError, OSError) as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"nats-server -c {path}\n")
    click.echo(f"NATS_URL=nats://{host}:{port}?credentials={target / CREDENTIALS}")
    click.echo("LAOTIE_LIVE_URL=wss://HOST-OF-THE-PAGES  # its proxy passes /live/ on to port " + str(live_port))
