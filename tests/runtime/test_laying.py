"""A new database is laid at once, and is to the letter what the migrations make."""

import os
import re
import subprocess
import sys

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from laotie.runtime.bare import new_database
from laotie.runtime.database import laying
from laotie.runtime.embedded.binaries import binaries

OF_THIS_DUMP = re.compile(r"^\\(un)?restrict .*$", re.MULTILINE)
CASTS = re.compile(r"::character varying|::text\[\]|::text|[()]")  # of a list: written otherwise once it was read back
BEGUN = "import django; django.setup();"
EACH = f"{BEGUN} from tools.schema import migrate_each; migrate_each()"
AT_ONCE = f"{BEGUN} from django.core.management import call_command; call_command('migrate', verbosity=0)"
MENDED_BY = "python -m tools.schema"


@pytest.fixture(scope="module")
def server():
    with new_database(durable=False) as url:
        yield url


def new(server, name):
    """An empty database of that server; its URL."""
    with psycopg.connect(server, autocommit=True) as asked:
        asked.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def run(program, url):
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "DATABASE_URL": url})
    return url


def laid_from(place):
    """The program that lays a database from another file."""
    other = (
        f"from pathlib import Path; from laotie.runtime.database import laying; laying.SCHEMA = Path({str(place)!r})"
    )
    return f"{other}; {AT_ONCE}"


def dumped(url):
    said = subprocess.run([binaries() / "pg_dump", "--schema-only", url], check=True, capture_output=True, text=True)
    return CASTS.sub("", OF_THIS_DUMP.sub("", said.stdout)).splitlines()


def rows(url, statement):
    with psycopg.connect(url) as asked:
        return asked.execute(statement).fetchall()


def test_it_is_what_the_migrations_make(server):
    laid, migrated = run(AT_ONCE, new(server, "laid")), run(EACH, new(server, "migrated"))
    assert dumped(laid) == dumped(migrated), MENDED_BY
    for table in ("django_migrations", "django_content_type"):
        columns = "app, name" if table == "django_migrations" else "app_label, model"
        found = [sorted(rows(url, f"SELECT {columns} FROM {table}")) for url in (laid, migrated)]
        assert found[0] == found[1], MENDED_BY


@pytest.mark.django_db
def test_it_names_every_migration():
    disk = MigrationLoader(connection).disk_migrations
    written = laying.SCHEMA.read_text(encoding="utf-8").rpartition("INSERT INTO public.django_migrations")[2]
    assert set(re.findall(r"\('(\w+)', '(\w+)', now\(\)\)", written)) == set(disk), MENDED_BY


def test_migrations_that_came_later_run_on_top(server, tmp_path):
    """A file that was not written anew after the last migration only costs its time."""
    whole = laying.SCHEMA.read_text(encoding="utf-8")
    late = ",\n    ('seller_standing', '0001_initial', now())"
    assert late in whole
    table = re.search(r"CREATE TABLE public\.(seller_standing_\w+)", whole)[1]
    old = tmp_path / "schema.sql"
    old.write_text(f"{whole.replace(late, '')}\nDROP TABLE public.{table};\n", encoding="utf-8")
    url = run(laid_from(old), new(server, "late"))
    assert rows(url, f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.django_db
def test_what_holds_something_is_left_alone():
    assert laying.lay(connection) is False


def test_it_is_laid_whole_or_not_at_all(server, tmp_path):
    cut = tmp_path / "schema.sql"
    cut.write_text(laying.SCHEMA.read_text(encoding="utf-8") + "\nSELECT 1 / 0;\n", encoding="utf-8")
    url = new(server, "cut")
    with pytest.raises(subprocess.CalledProcessError):
        run(laid_from(cut), url)
    assert rows(url, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == [(0,)]
