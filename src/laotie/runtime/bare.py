"""A market without its processes: a database, migrated, in this very process. For benchmarks and scripts.

It is what the pages run on: same settings, same pool, same PostgreSQL from the wheel.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection, connections, transaction

from laotie.runtime.embedded.postgres import Cluster


@contextmanager
def new_database(*, durable: bool = True) -> Iterator[str]:
    """An embedded PostgreSQL of its own for the block, gone afterwards; its URL. Durable: as in a real home."""
    root = Path(tempfile.mkdtemp(prefix="laotie-bare-"))
    root.chmod(0o755)
    cluster = Cluster(root / "pg", durable=durable)
    try:
        cluster.create()
        cluster.start()
        yield cluster.url("postgres")
    finally:
        cluster.stop()
        shutil.rmtree(root, ignore_errors=True)


def connect(url: str, *, language: str = "en") -> None:
    """Let this process be a market on the database at `url`. Once a process."""
    os.environ |= {"DATABASE_URL": url, "LAOTIE_DEMO": "true", "LAOTIE_LANGUAGE": language}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laotie.runtime.django")
    if "LAOTIE_HOME" not in os.environ:
        os.environ["LAOTIE_HOME"] = tempfile.mkdtemp(prefix="laotie-bare-home-")
        atexit.register(shutil.rmtree, os.environ["LAOTIE_HOME"], ignore_errors=True)
    django.setup()


def migrate() -> None:
    """Lay the tables."""
    call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def request() -> Iterator[None]:
    """What a page's request means to the database: its connection goes back to the pool at the end."""
    try:
        yield
    finally:
        connections.close_all()


@contextmanager
def writing() -> Iterator[None]:
    """One transaction of the market's database."""
    with transaction.atomic():
        yield


def show(*names: str) -> dict[str, str]:
    """What PostgreSQL says of its own settings."""
    with connection.cursor() as cursor:
        values = {}
        for name in names:
            cursor.execute("SELECT current_setting(%s)", [name])
            values[name] = cursor.fetchone()[0]
        return values
