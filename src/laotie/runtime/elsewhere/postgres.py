"""A PostgreSQL of one's own: whether it answers, is new enough, and lets a market lay its tables."""

from typing import LiteralString
from urllib.parse import parse_qs, urlsplit

import psycopg

from laotie.runtime.elsewhere.unfit import Unfit
from laotie.runtime.embedded.binaries import OLDEST

PATIENCE = 5  # seconds
LANGUAGE = "plpgsql"  # the only extension that is needed; every new database has it unless it was taken out

Row = tuple[object, ...]
ASKED: LiteralString = """
SELECT pg_is_in_recovery(),
    coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
    EXISTS (SELECT FROM pg_extension WHERE extname = %s)
"""


def examine(url: str) -> str:
    """What serves at `url`, in words. Raises Unfit."""
    where = shown(url)
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
            return _judged(connection, where)
    except psycopg.ProgrammingError as error:
        raise Unfit(f"DATABASE_URL cannot be read: {_said(error)}.", "postgresql://USER:PASSWORD@HOST/NAME") from error
    except psycopg.OperationalError as error:
        raise Unfit(f"DATABASE_URL does not answer at {where}: {_said(error)}.", _mend(str(error))) from error


def shown(url: str) -> str:
    """The server's place, without the password."""
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or "the default socket"])[0]
    return f"{host}:{parts.port}" if parts.port else host


def _judged(connection: "psycopg.Connection[Row]", where: str) -> str:
    info, name = connection.info, connection.info.dbname
    major, encoding = info.server_version // 10000, info.parameter_status("server_encoding")
    if major < OLDEST:
        raise Unfit(f"PostgreSQL at {where} is version {major}.", f"Laotie needs {OLDEST} or newer.")
    if encoding != "UTF8":
        raise Unfit(f"The database {name} at {where} is in {encoding}.", f"createdb -E UTF8 -T template0 {name}")
    only_reads, may_create, speaks = connection.execute(ASKED, [LANGUAGE]).fetchall()[0]
    if only_reads:
        raise Unfit(f"The PostgreSQL at {where} is a replica that only reads.", "Name the one that writes.")
    if not may_create:
        raise Unfit(
            f"The user {info.user} may not make tables in {name}.", f"ALTER DATABASE {name} OWNER TO {info.user};"
        )
    if not speaks:
        raise Unfit(f"The database {name} lacks the extension {LANGUAGE}.", f"CREATE EXTENSION {LANGUAGE};")
    return f"{major} at {where} (DATABASE_URL)"


def _mend(said: str) -> str:
    if "does not exist" in said and "database" in said:
        return "createdb -E UTF8 -T template0 -O USER NAME"
    if "password" in said or "authentication" in said or "pg_hba" in said:
        return "Mend user and password in DATABASE_URL, or the server's pg_hba.conf."
    return "Start it, mend DATABASE_URL, or unset it: then the market runs its own."


def _said(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")
