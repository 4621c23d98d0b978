"""What those see who watch over a market."""

import pytest
from django.db import DatabaseError, connection

pytestmark = pytest.mark.django_db


def test_it_lives_and_it_can_serve(client):
    assert client.get("/healthz").content == b"ok\n"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "waiting_for": []})


def test_without_its_database_it_lives_and_cannot_serve(client, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "waiting_for": ["postgresql"]})


def test_requests_are_counted_by_route_and_not_by_address(client):
    client.get("/no/such/page")
    client.get("/healthz")
    counters = client.get("/metrics").content.decode()
    assert 'laotie_requests_total{method="GET",route="healthz",status="200"}' in counters
    assert 'route="(none)",status="404"' in counters
    assert "no/such/page" not in counters


@pytest.mark.parametrize("far", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}])
def test_counters_are_for_this_machine_or_for_a_token(client, settings, far):
    assert client.get("/metrics", **far).status_code == 403
    settings.CONFIG = settings.CONFIG.model_copy(update={"metrics_token": "a-token"})
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer another", **far).status_code == 403
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer a-token", **far).status_code == 200
