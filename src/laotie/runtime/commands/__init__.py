"""`laotie`: one module a command, loaded only when it is asked for, so that offline commands need no Django.

A command's module defines `command`, imports nothing heavy at its top, and says what is missing where it needs
`laotie[market]`.
"""

import importlib

import click

from laotie import __version__

COMMANDS = {
    "archive": "laotie.runtime.commands.archive",
    "bus": "laotie.runtime.commands.bus",
    "doctor": "laotie.runtime.commands.doctor",
    "explain": "laotie.runtime.commands.explain",
    "import": "laotie.runtime.commands.imports",
    "lake": "laotie.runtime.commands.lake",
    "score": "laotie.runtime.commands.score",
    "search": "laotie.runtime.commands.search",
    "up": "laotie.runtime.commands.up",
    "walk": "laotie.runtime.commands.walk",
}


class Commands(click.Group):
    """A group whose commands are imported when they are used or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[name]).command
        return command


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="laotie")
def main() -> None:
    """老铁: an open market where people buy from people they trust."""
