"""`laotie doctor`: what is wrong with this installation, and the mend."""

import click


@click.command("doctor", short_help="Say what is wrong with this installation, and the mend.")
def command() -> None:
    """Check everything a market needs on this machine."""
    raise click.ClickException("not yet")
