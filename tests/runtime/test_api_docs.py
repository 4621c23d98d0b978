"""The description of the REST interface is a page of the house, in both languages, with nothing from elsewhere."""

import pytest
from django.test import Client

from tests.html import validate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "title"), [("en", "REST interface"), ("zh-hans", "REST 接口")])
def test_it_is_a_page_of_the_house(client: Client, language: str, title: str) -> None:
    page = client.get("/api/docs", headers={"accept-language": language})
    text = page.content.decode()
    validate(text)
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in text
    assert 'class="top"' in text
    assert '"url": "/api/openapi.json"' in text
    assert "//cdn" not in text
