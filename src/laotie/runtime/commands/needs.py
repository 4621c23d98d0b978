"""What a command needs beyond the engine, said in one sentence where it is missing."""

import functools
import importlib.util
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")


def market_parts(run: Callable[P, R]) -> Callable[P, R]:
    """Mark a command that needs Django and the servers: without them it names the package to install.

    What its parts log goes to stderr from the first line on.
    """

    @functools.wraps(run)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        if importlib.util.find_spec("django") is None:
            raise click.ClickException("This command runs a market and needs more parts: pip install 'laotie[market]'")
        from laotie.runtime import logs

        logs.before_settings()
        return run(*args, **kwargs)

    return checked
