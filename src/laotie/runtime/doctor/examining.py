"""All checks in the order in which a person would mend them. One that breaks is a finding too."""

from collections.abc import Iterator
from functools import partial

from laotie.runtime.doctor import machine
from laotie.runtime.doctor.finding import Check, Finding, bad


def examine() -> Iterator[Finding]:
    """Every finding. Without the market's packages only the machine is examined."""
    yield machine.python()
    installed = machine.packages()
    yield installed
    try:
        from laotie.runtime.config import ConfigError, load
        from laotie.runtime.doctor import market
    except ImportError as error:
        yield bad("market", f"Its parts cannot be loaded: {error}.", "pip install 'laotie[market]'")
        return
    try:
        config = load()
    except ConfigError as error:
        yield bad("settings", str(error), "Mend it in market.toml or in the environment.")
        return
    of_config = (market.settings, market.home, market.postgresql, market.live_bus, market.scripts)
    checks: list[Check] = [partial(check, config) for check in of_config]
    checks += [partial(machine.disk, config.home), machine.clock, market.web_port, market.node, machine.browser]
    yield from map(_survive, checks)


def _survive(check: Check) -> Finding:
    try:
        return check()
    except Exception as error:
        name = getattr(check, "func", check).__name__
        return bad(name, f"The check itself failed: {type(error).__name__}: {error}", "Please report this.")
