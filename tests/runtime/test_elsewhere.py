"""Servers of one's own: a sentence for each way in which one does not serve."""

import asyncio
import json
import os
import socket
import subprocess
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from nats.errors import Error

from laotie.runtime.config import Config
from laotie.runtime.django import database
from laotie.runtime.doctor import market
from laotie.runtime.doctor.finding import State
from laotie.runtime.elsewhere import bus, postgres
from laotie.runtime.elsewhere.unfit import Unfit
from laotie.runtime.embedded.nats import binary
from laotie.runtime.processes import ports
from tests.runtime.market import WORKER

NOWHERE = "postgresql://laotie:secret@127.0.0.1:1/laotie"


@pytest.fixture
def query():
    """The test database's server: `query` of the URL that names its socket."""
    return urlsplit(os.environ["DATABASE_URL"]).query


@pytest.fixture
def run():
    """Statements outside of any transaction, as the server's owner."""
    url = os.environ["DATABASE_URL"]

    def run(*statements, database="postgres"):
        with psycopg.connect(url, dbname=database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    return run


@pytest.fixture
def made(run):
    """A database of its own on the server of the tests, and a user who owns nothing."""
    name = f"elsewhere{WORKER}"
    drop = (f"DROP DATABASE IF EXISTS {name}", f"DROP DATABASE IF EXISTS {name}_ascii", f"DROP ROLE IF EXISTS {name}")
    run(*drop, f"CREATE DATABASE {name} TEMPLATE template0", f"CREATE ROLE {name} LOGIN")
    yield name
    run(*drop)


def unfit(url):
    with pytest.raises(Unfit) as refused:
        postgres.examine(url)
    return refused.value


def test_a_postgresql_that_serves_is_named():
    assert postgres.examine(os.environ["DATABASE_URL"]).startswith(f"{postgres.OLDEST} at ")


def test_one_that_does_not_answer_is_named_without_its_password():
    said = str(unfit(NOWHERE))
    assert said.startswith("DATABASE_URL does not answer at 127.0.0.1:1: ")
    assert "secret" not in said
    assert said.endswith("Start it, mend DATABASE_URL, or unset it: then the market runs its own.")


def test_a_database_that_is_missing_is_told_how_to_be_made(query):
    said = unfit(f"postgresql://laotie@/nobody_made_this?{query}")
    assert 'database "nobody_made_this" does not exist' in said.words
    assert said.mend == "createdb -E UTF8 -T template0 -O USER NAME"


def test_a_url_that_cannot_be_read():
    assert unfit("postgresql://laotie@/x?colour=red").words.startswith("DATABASE_URL cannot be read: ")


def test_one_that_is_too_old(monkeypatch):
    monkeypatch.setattr(postgres, "OLDEST", 99)
    said = unfit(os.environ["DATABASE_URL"])
    assert "is version" in said.words
    assert said.mend == "Laotie needs 99 or newer."


def test_an_encoding_that_cannot_hold_chinese(made, run, query):
    run(f"CREATE DATABASE {made}_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    said = unfit(f"postgresql://laotie@/{made}_ascii?{query}")
    assert f"The database {made}_ascii at " in said.words
    assert said.words.endswith("is in SQL_ASCII.")


def test_a_user_who_may_not_make_tables(made, query):
    said = unfit(f"postgresql://{made}@/{made}?{query}")
    assert said.words == f"The user {made} may not make tables in {made}."
    assert said.mend == f"ALTER DATABASE {made} OWNER TO {made};"


def test_an_extension_that_was_taken_out(made, run, query):
    run("DROP EXTENSION plpgsql", database=made)
    said = unfit(f"postgresql://laotie@/{made}?{query}")
    assert said.words == f"The database {made} lacks the extension plpgsql."


def test_the_doctor_says_the_same():
    found = market.postgresql(Config(DATABASE_URL=NOWHERE))
    assert found.state is State.BAD
    assert found.words.startswith("DATABASE_URL does not answer at 127.0.0.1:1: ")


def test_a_url_is_read_whole():
    """A password with signs in it, and what only libpq knows."""
    read = database(f"postgresql://me:{quote('p@ss/w:rd', safe='')}@db.example:5433/shop?sslmode=verify-full")
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"]) == ("me", "p@ss/w:rd", "db.example", "5433")
    assert read["OPTIONS"]["sslmode"] == "verify-full"


class Server:
    """A nats-server on `settings`."""

    def __init__(self, folder, settings):
        self.port = ports.first_free(26000 + 100 * WORKER)
        path = folder / "nats.conf"
        path.write_text(f'listen: "127.0.0.1:{self.port}"\n{settings}')
        self.process = subprocess.Popen([str(binary()), "-c", str(path)], stderr=subprocess.DEVNULL)
        while True:
            assert self.process.poll() is None
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                pass

    def url(self, user=""):
        return f"nats://{user}127.0.0.1:{self.port}"

    def end(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def serve(tmp_path):
    servers = []

    def serve(settings):
        servers.append(Server(tmp_path, settings))
        return servers[-1]

    yield serve
    for server in servers:
        server.end()


def deaf(url):
    with pytest.raises(Unfit) as refused:
        asyncio.run(bus.examine(url))
    return refused.value


def journals(folder):
    return f"jetstream {{ store_dir: {json.dumps(str(folder))} }}\n"


def test_a_nats_with_jetstream_serves(serve, tmp_path):
    server = serve(journals(tmp_path))
    said = asyncio.run(bus.examine(server.url()))
    assert said.endswith(f" at 127.0.0.1:{server.port} with JetStream (NATS_URL)")


def test_a_nats_without_jetstream(serve):
    server = serve("")
    said = deaf(server.url())
    assert said.words.startswith(f"The NATS at 127.0.0.1:{server.port} ")
    assert "JetStream" in said.words
    assert said.mend == bus.JETSTREAM


def test_a_nats_that_does_not_know_us(serve, tmp_path):
    server = serve(journals(tmp_path) + 'authorization { user: "market", password: "right" }\n')
    assert "with JetStream" in asyncio.run(bus.examine(server.url("market:right@")))
    said = deaf(server.url("market:wrong@"))
    assert "wrong" not in str(said)
    assert said.mend.startswith("Mend user and password in NATS_URL")


def test_a_connection_that_is_cut_does_not_hide_what_the_server_said():
    said, cut = Error("'Authorization Violation'"), ConnectionResetError(104, "Connection reset by peer")
    assert bus._told([cut, said, cut]) is said
    assert bus._told([cut]) is cut
    assert bus._told([]) is None


def test_a_nats_that_is_not_there():
    assert deaf("nats://127.0.0.1:1").words.startswith("NATS_URL does not answer at 127.0.0.1:1")


def test_credentials_that_are_not_there(tmp_path):
    said = deaf(f"nats://127.0.0.1:1?credentials={tmp_path / 'none.creds'}")
    assert said.words == f"{tmp_path / 'none.creds'} is not there."


def test_a_nats_that_is_too_old(serve, tmp_path, monkeypatch):
    monkeypatch.setattr(bus, "OLDEST", (99, 0))
    assert "is version" in deaf(serve(journals(tmp_path)).url()).words


def test_browsers_bear_their_ticket_to_the_pages_host_only():
    elsewhere = Config(live_url="wss://bus.example", public_url="https://market.example")
    with pytest.raises(Unfit, match=r"names bus\.example, where browsers bear no ticket"):
        bus.browsers(elsewhere)
    near = Config(live_url="wss://market.example:8443", public_url="https://market.example")
    assert bus.browsers(near) == "browsers at wss://market.example:8443"


def test_the_doctor_notes_a_bus_that_browsers_cannot_reach(serve, tmp_path):
    found = market.live_bus(Config(NATS_URL=serve(journals(tmp_path)).url()))
    assert found.state is State.NOTE
    assert found.words.endswith("browsers cannot reach it.")
