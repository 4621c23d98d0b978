"""`python -m tools.schema`: run all migrations on an empty database and write down what came of them, for new
databases to be laid from (`runtime.database.laying`). To be run after a migration was added."""

import re
import subprocess
from importlib.resources import as_file

from laotie.runtime import bare
from laotie.runtime.database.laying import SCHEMA
from laotie.runtime.embedded.binaries import binaries

HEAD = (
    "-- What all migrations together make of an empty database. Written by `python -m tools.schema`, not by hand.\n\n"
)
BANNERS = re.compile(r"^--\n-- .*\n--\n", re.MULTILINE)  # "Name: …; Type: …" above every object, and head and foot
OF_THE_SESSION = re.compile(
    r"^(?:--.*(?:version|complete).*|\\(?:un)?restrict .*|SELECT pg_catalog\.set_config\(.*|SET \w+ = [^;\n]*;)\n",
    re.MULTILINE,
)


def main() -> None:
    with bare.new_database(durable=False) as url:
        bare.connect(url)
        migrate_each()
        with as_file(SCHEMA) as place:
            place.write_text(HEAD + dump(url), encoding="utf-8")


def migrate_each() -> None:
    """Run the migrations one by one on the database that this process has, whatever else a new one is laid from."""
    from django.core.management import call_command
    from django.core.management.commands import migrate

    call_command(migrate.Command(), verbosity=0, interactive=False)


def dump(url: str) -> str:
    """The database's schema as statements, and which migrations were run."""
    command = [str(binaries() / "pg_dump"), "--no-owner", "--no-privileges"]
    said = subprocess.run([*command, "--schema-only", url], check=True, capture_output=True, text=True).stdout
    statements = re.sub(r"\n{3,}", "\n\n", OF_THE_SESSION.sub("", BANNERS.sub("", said))).strip()
    return f"{statements}\n\n{_migrations()}"


def _migrations() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT format('(%L, %L, now())', app, name) FROM django_migrations ORDER BY id")
        rows = ",\n    ".join(row for (row,) in cursor.fetchall())
    return f"INSERT INTO public.django_migrations (app, name, applied) VALUES\n    {rows};\n"


if __name__ == "__main__":
    main()
