"""HTTPS of a market's own: who trusts its authority gets pages and the bus, who does not is refused; papers last."""

import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

import pytest

from laotie.runtime import launch
from laotie.runtime.certificates import authority, names
from laotie.runtime.certificates.authority import LIFE, Papers, ensure, fingerprint, named
from laotie.runtime.certificates.door import AT_ONCE, Door
from laotie.runtime.config import load
from tests.html import validate
from tests.runtime.market import RunningMarket, remove

NAMES = ("localhost", "127.0.0.1", "::1", "pier")
NOW = datetime(2026, 11, 27, tzinfo=UTC)


def papers_at(folder: Path, now: datetime = NOW, named_so: tuple[str, ...] = NAMES) -> tuple[str, str]:
    """(authority, certificate) by their prints."""
    papers = ensure(folder, "Pier", named_so, now)
    return fingerprint(papers.authority), fingerprint(papers.certificate)


def test_papers_stay_as_they_are_while_they_are_good(tmp_path):
    first = papers_at(tmp_path)
    assert papers_at(tmp_path) == first
    assert papers_at(tmp_path, NOW + LIFE - authority.RENEWED_BEFORE - timedelta(hours=1)) == first
    assert named(Papers(tmp_path).certificate) == set(NAMES)
    for key in (Papers(tmp_path).key, Papers(tmp_path).authority_key):
        assert key.stat().st_mode & 0o777 == 0o600


def test_a_certificate_is_renewed_before_it_ends_and_for_another_name_by_the_same_authority(tmp_path):
    first = papers_at(tmp_path)
    later = papers_at(tmp_path, NOW + LIFE - timedelta(days=59))
    moved = papers_at(tmp_path, NOW, ("localhost", "192.168.1.9"))
    assert first[0] == later[0] == moved[0]
    assert len({first[1], later[1], moved[1]}) == 3


def test_papers_that_were_cut_or_lost_are_made_anew(tmp_path):
    first = papers_at(tmp_path)
    Papers(tmp_path).certificate.write_bytes(b"-----BEGIN")
    assert papers_at(tmp_path)[0] == first[0]
    Papers(tmp_path).authority_key.unlink()
    assert papers_at(tmp_path)[0] != first[0]


def test_a_machine_knows_its_names():
    known = names.names(["market.example", "*", "[::1]"])
    assert known[0] == "localhost"
    assert {"127.0.0.1", "market.example"} <= set(known)
    assert "*" not in known
    assert len(known) == len(set(known))


def test_pages_that_may_come_to_the_bus_are_those_of_the_certificate(tmp_path):
    papers = ensure(tmp_path, "Pier", NAMES)
    found = launch.origins(load(), "127.0.0.1", 8443, papers)
    assert {"https://localhost:8443", "https://[::1]:8443"} <= set(found)
    assert not any(origin.startswith("http:") for origin in found)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    server = Door(("127.0.0.1", 0), ensure(tmp_path, "Pier", NAMES).authority, 8443)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


class Staying(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def visit(door: Door, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{door.server_port}{path}", headers=headers)
    try:
        with urllib.request.build_opener(Staying).open(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


@pytest.mark.parametrize(
    ("asked", "title"), [("zh-CN,zh", "信任这个市场"), ("en", "Trust this market"), ("", "Trust this market")]
)
def test_the_door_says_how_to_trust_and_gives_the_authority_away(door, asked, title):
    status, headers, page = visit(door, "/", **{"Accept-Language": asked})
    assert (status, f"<title>{title}</title>" in page.decode()) == (200, True)
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'self'"
    validate(page)
    assert 'href="https://127.0.0.1:8443/"' in page.decode()
    assert fingerprint(door.authority).replace(":", " ") in page.decode()
    for style in re.findall(r'href="(/\w+\.css)"', page.decode()):
        assert visit(door, style)[0] == 200
    assert visit(door, "/authority.crt")[2] == door.authority.read_bytes()


@pytest.mark.parametrize("path", ["/r/x?buy=1", "/authority.key", "/../market.toml"])
def test_everything_else_is_sent_on_to_https(door, path):
    status, headers, body = visit(door, path, Host="pier:8080")
    assert (status, headers["Location"], body) == (307, f"https://pier:8443{path}", b"")
    assert visit(door, "//else.example/")[1]["Location"] == "https://127.0.0.1:8443/else.example/"
    assert visit(door, "/x", Host="a b<script>")[1]["Location"] == "https://localhost:8443/x"


def test_the_door_lets_in_no_more_than_it_has_threads_for(door):
    for _ in range(AT_ONCE):
        assert door.most.acquire(blocking=False)
    with pytest.raises(OSError):
        visit(door, "/")
    door.most.release(AT_ONCE)
    assert visit(door, "/")[0] == 200


@pytest.mark.xdist_group("market")
@pytest.mark.slow
def test_who_trusts_the_authority_gets_the_page_and_who_does_not_is_refused(tmp_path):
    home = tmp_path / "home"
    market = RunningMarket(home, "--language", "en", "--https")
    try:
        market.until_open()
        address = f"https://localhost:{market.port}"
        trusted = ssl.create_default_context(cafile=home / "tls/authority.crt")
        with urllib.request.urlopen(f"{address}/healthz", timeout=10, context=trusted) as answer:
            assert answer.status == 200
            assert "Strict-Transport-Security" not in answer.headers
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(f"{address}/healthz", timeout=10, context=ssl.create_default_context())
        with pytest.raises(HTTPException):
            market.get("/healthz")  # plain http on the port of https
        assert address in market.words
        door = re.search(r"http://127\.0\.0\.1:(\d+)", market.words)
        assert door, market.words
        with urllib.request.urlopen(f"{door[0]}/authority.crt", timeout=10) as answer:
            assert answer.read() == (home / "tls/authority.crt").read_bytes()
        settings = (home / "nats" / "nats.conf").read_text()
        assert "no_tls" not in settings
        bus = re.search(r'listen: "127\.0\.0\.1:(\d+)", tls', settings)
        assert bus
        plain = socket.create_connection(("127.0.0.1", int(bus[1])), 10)
        with trusted.wrap_socket(plain, server_hostname="localhost") as secured:
            assert secured.version() in ("TLSv1.2", "TLSv1.3")
        first = fingerprint(home / "tls/authority.crt"), fingerprint(home / "tls/market.crt")
        assert market.end() == 0
        market = RunningMarket(home, "--https")
        market.until_open()
        assert (fingerprint(home / "tls/authority.crt"), fingerprint(home / "tls/market.crt")) == first
    finally:
        assert market.end() == 0
        remove(home)
