"""A home's database within reach of a command: that of a running market, or started for the command and stopped."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laotie.runtime.config import Config, load
from laotie.runtime.embedded.postgres import Cluster
from laotie.runtime.home import Founding, Home


@contextmanager
def opened(home: Path | None, founding: Founding) -> Iterator[Config]:
    """Make the home where it is new (as `founding` says), reach its database, set Django up and migrate.

    Raises ConfigError, PostgresFault, OSError.
    """
    if home:
        os.environ["LAOTIE_HOME"] = str(home.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
    Home(load().home).make(founding)
    config = load()
    with reachable(config) as url:
        os.environ["DATABASE_URL"] = url
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        yield config


@contextmanager
def reachable(config: Config) -> Iterator[str]:
    """The address of the home's database, running."""
    if config.database_url:
        yield config.database_url
        return
    cluster = Cluster(config.home / "pg")
    cluster.create()
    was_running = cluster.is_running()
    cluster.start()
    try:
        yield cluster.url()
    finally:
        if not was_running:
            from django.db import connections

            connections.close_all()
            cluster.stop()
