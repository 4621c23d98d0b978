"""Encoders such as OBS: whose key may publish what, and what they send on its way into the studio."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from laotie.kit.ids import new_id
from laotie.places.media import actions, folders, keys, queries, spool, standing
from laotie.places.media.contracts import State
from laotie.places.media.errors import BadKey
from laotie.places.media.pages import encoders as hook
from laotie.places.media.takes import takes
from laotie.runtime.processes.ports import is_free
from laotie.stream.beacons.limits import Allowance
from tests.places.media.conftest import until
from tests.stream.servers import free_port
from tools.machine import rtmp_module
from tools.shots import served

SERVER = "rtmp://127.0.0.1:1935/live"


@pytest.fixture
def server(settings, monkeypatch) -> None:
    """A market that has a media server."""
    settings.CONFIG = settings.CONFIG.model_copy(update={"rtmp_url": SERVER})
    monkeypatch.setattr(hook, "allowance", Allowance(per_second=5, burst=50))


@pytest.fixture
def on_air(server) -> tuple[UUID, UUID, str]:
    """(owner, stream, key) of a session that is on air."""
    owner, stream = new_id(), new_id()
    actions.open_stream(stream, owner)
    return owner, stream, actions.renew_encoder_key(owner)


def nginx(key: str, **more: str):
    said = {"call": "publish", "app": "live", "addr": "192.0.2.7", "name": key, **more}
    return form(urlencode(said))


def asked(said: object):
    content = said if isinstance(said, str) else json.dumps(said)
    return Client().post("/media/encoders/publish", content, content_type="application/json")


def form(said: str):
    return Client().post("/media/encoders/publish", said, content_type="application/x-www-form-urlencoded")


@given(st.uuids(), st.integers(0, 2**32 - 1))
def test_a_key_says_whose_it_is(owner, serial):
    key = keys.seal(owner, serial)
    assert len(key) == keys.LENGTH
    assert key.isalnum()
    assert keys.opened(key) == (owner, serial)


@given(st.integers(0, keys.LENGTH - 1), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_no_sign_of_a_key_may_change(place, sign):
    key = keys.seal(UUID(int=7), 1)
    changed = key[:place] + sign + key[place + 1 :]
    if changed != key:
        with pytest.raises(BadKey):
            keys.opened(changed)


@pytest.mark.django_db
@pytest.mark.parametrize("ask", [
    nginx,
    lambda key: asked({"action": "on_publish", "app": "live", "stream": key, "ip": "192.0.2.7"}),
    lambda key: asked({"action": "publish", "path": f"live/{key}", "protocol": "rtmp", "ip": "192.0.2.7"}),
])  # fmt: skip
def test_a_good_key_lets_its_owner_s_open_stream_be_pulled(on_air, ask):
    _owner, stream, key = on_air
    answer = ask(key)
    assert (answer.status_code, answer.json()["code"]) == (200, 0)
    assert spool.pulled(stream) == f"{SERVER}/{key}"
    assert (folders.spool(stream) / "pull").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_wrong_key_is_refused_with_a_reason_and_logged_without_it(on_air, caplog):
    _owner, stream, key = on_air
    for wrong in ("", "x", "a" * 58, key[:-1], keys.seal(new_id(), 1), "é" * 58, "\0" * 58, "../" + key):
        caplog.clear()
        answer = nginx(wrong)
        assert (answer.status_code, answer.json()["code"]) == (403, "media.bad_key")
        assert answer.json()["sentence"]
        assert "encoder refused" in caplog.text
        assert not wrong.strip("\0") or wrong == "x" or wrong not in caplog.text
    assert spool.pulled(stream) == ""


@pytest.mark.django_db
def test_a_renewed_and_a_revoked_key_open_nothing_and_what_they_send_is_let_go_of(
    on_air, django_capture_on_commit_callbacks
):
    owner, stream, first = on_air
    assert nginx(first).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        second = actions.renew_encoder_key(owner)
    assert second != first
    assert spool.pulled(stream) == ""
    assert nginx(first).json()["code"] == "media.bad_key"
    assert nginx(second).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        actions.revoke_encoder_key(owner)
        actions.revoke_encoder_key(owner)
    assert spool.pulled(stream) == ""
    assert queries.encoder_key(owner) == ""
    assert nginx(second).json()["code"] == "media.bad_key"
    assert nginx(actions.renew_encoder_key(owner)).status_code == 200


@pytest.mark.django_db
def test_a_key_opens_its_owner_s_stream_alone_and_only_while_it_goes_on(on_air):
    owner, stream, key = on_air
    other = new_id()
    actions.open_stream(other, new_id())
    actions.end_stream(stream)
    assert nginx(key).json()["code"] == "media.not_on_air"
    assert spool.pulled(other) == ""
    again = new_id()
    actions.open_stream(again, owner)
    assert nginx(key).status_code == 200
    assert spool.pulled(again)


@pytest.mark.django_db
def test_without_a_media_server_nothing_is_offered(settings):
    settings.CONFIG = settings.CONFIG.model_copy(update={"rtmp_url": ""})
    assert queries.encoder_key(new_id()) is None


@pytest.mark.django_db
def test_other_questions_are_answered_with_yes_and_change_nothing(on_air):
    _owner, stream, key = on_air
    assert asked({"action": "read", "path": f"live/{key}"}).status_code == 200
    assert asked({"action": "on_play", "stream": key}).status_code == 200
    assert spool.pulled(stream) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", ["", "[]", "null", "{", '"x"', "[" * 5000, "{}" + " " * 9000, '{"action": 7, "stream": {}}']
)
def test_a_question_that_makes_no_sense_is_refused(server, content):
    assert asked(content).status_code == 403
    assert form(content).status_code == 403
    assert spool.streams() == []


@pytest.mark.django_db
def test_guessing_is_slowed_down(server, monkeypatch):
    monkeypatch.setattr(hook, "allowance", Allowance(per_second=0, burst=2))
    assert [nginx("x").status_code for _ in range(3)] == [403, 403, 429]


CONFIGURATION = """\
load_module {module};
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log info;
events {{ worker_connections 64; }}
rtmp {{ access_log off; server {{ listen 127.0.0.1:{port}; application live {{
  live on; on_publish http://127.0.0.1:{web}/media/encoders/publish; }} }} }}
"""


@pytest.fixture
def media_server(tmp_path: Path, settings, monkeypatch) -> Iterator[str]:
    """nginx with its rtmp module, asking this process's market; where encoders send to."""
    monkeypatch.setattr(hook, "allowance", Allowance(per_second=5, burst=50))
    with served() as root:
        urlopen(f"{root}/healthz").close()  # the first answer of a process takes long
        port = free_port()
        (tmp_path / "nginx.conf").write_text(CONFIGURATION.format(
            module=rtmp_module(), folder=tmp_path, port=port, web=root.rpartition(":")[2]))  # fmt: skip
        address = f"rtmp://127.0.0.1:{port}/live"
        settings.CONFIG = settings.CONFIG.model_copy(update={"rtmp_url": address})
        command = ["/usr/sbin/nginx", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            until(lambda: not is_free(port))
            yield address
        finally:
            process.terminate()
            process.wait()


def encoder(address: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.places.media.encoder", address]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(rtmp_module() is None, reason="needs nginx and its rtmp module (libnginx-mod-rtmp)")
@pytest.mark.django_db(transaction=True)
def test_what_an_encoder_sends_is_seen_and_a_wrong_key_is_hung_up_on(media_server, studio):
    owner, stream = new_id(), new_id()
    actions.open_stream(stream, owner)
    key = actions.renew_encoder_key(owner)
    assert encoder(f"{media_server}/{keys.seal(new_id(), 1)}").wait(120) != 0
    assert spool.pulled(stream) == ""
    sending = encoder(f"{media_server}/{key}")
    try:
        until(lambda: (studio.sweep(), standing.read(stream).state is State.LIVE)[1], 60)
        until(lambda: (studio.sweep(), len(takes(folders.kept(stream))[0].segments) > 2)[1], 60)
    finally:
        sending.kill()
        sending.wait()
    until(lambda: (studio.sweep(), spool.pulled(stream) == "")[1], 60)
    (take,) = takes(folders.kept(stream))
    assert take.head
    assert take.head.kinds == "va"
    assert "avc1" in take.head.codecs
    assert "mp4a" in take.head.codecs
    assert [round(segment.duration, -2) for segment in take.segments][:2] == [1000] * 2
