"""The stream key on the host's desk: shown, renewed and revoked by the host and by nobody else."""

import re

import pytest
from pytest_django import Settings

from laotie.places.media import queries as media
from laotie.places.rooms.contracts import State
from tests.html import validate
from tests.makers import make_account, make_operator
from tests.places.rooms.making import make_host
from tests.places.rooms.test_pages import as_, scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_server(settings: Settings) -> None:
    settings.CONFIG = settings.CONFIG.model_copy(update={"rtmp_url": "rtmp://127.0.0.1:1935/live"})


def test_a_host_makes_sees_renews_and_revokes_the_key():
    host, _helper, session = scene(State.ON_AIR)
    client, address = as_(host), f"/me/rooms/{session.id}/encoder"
    assert f'hx-get="{address}"' in client.get(f"/me/rooms/{session.id}").content.decode()
    validate(client.get(address).content)
    assert media.encoder_key(host.id) == ""
    seen = []
    for _ in range(2):
        answer = client.post(address, {"act": "renew"})
        validate(answer.content)
        assert "no-store" in answer["Cache-Control"]
        assert "rtmp://testserver/live" in answer.content.decode()
        seen += set(re.findall(r"[a-z2-7]{58}", answer.content.decode()))
        assert media.encoder_key(host.id) == seen[-1]
    assert len(set(seen)) == 2
    assert seen[-1] in client.get(address).content.decode()
    assert seen[-1] not in client.post(address, {"act": "revoke"}).content.decode()
    assert media.encoder_key(host.id) == ""
    assert client.post(address, {"act": "nonsense"}).status_code == 422


@pytest.mark.parametrize("role", ["helper", "other host", "operator", "buyer", "visitor"])
def test_nobody_else_sees_or_changes_it(role: str):
    host, helper, session = scene(State.ON_AIR)
    address = f"/me/rooms/{session.id}/encoder"
    as_(host).post(address, {"act": "renew"})
    key = media.encoder_key(host.id)
    people = {"helper": helper, "other host": make_host(), "operator": make_operator(), "buyer": make_account("Wei")}
    client = as_(people.get(role))
    for answer in (
        client.get(address),
        client.post(address, {"act": "renew"}),
        client.post(address, {"act": "revoke"}),
    ):
        assert answer.status_code in (302, 401, 403, 404)
        assert key not in answer.content.decode()
    assert media.encoder_key(host.id) == key
    if role == "helper":
        assert "encoder" not in client.get(f"/me/rooms/{session.id}").content.decode()


def test_a_market_without_a_media_server_shows_nothing_of_it(settings: Settings):
    settings.CONFIG = settings.CONFIG.model_copy(update={"rtmp_url": ""})
    host, _helper, session = scene(State.ON_AIR)
    assert "/encoder" not in as_(host).get(f"/me/rooms/{session.id}").content.decode()
