"""Parts of pages that are drawn once and filled for each request."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.middleware.csrf import rotate_token
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import SafeString

from laotie.kit.pages import stencils
from laotie.kit.pages.context import page


@pytest.fixture
def part(monkeypatch):
    """`part(source)`: a template of that source, and how often it was drawn so far."""
    drawings = []

    def of(source):
        template = engines["django"].from_string(source)
        stencils._cut.cache_clear()
        monkeypatch.setattr(
            stencils, "render_to_string", lambda name, facts: drawings.append(name) or template.render(facts)
        )
        return drawings

    yield of
    stencils._cut.cache_clear()


def asked(path="/a?b=1&c=2"):
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def test_a_part_is_drawn_once_for_the_same_facts_and_again_for_others(part):
    drawings = part("<b>{{ n }}</b>{{ holes.who }}")
    assert stencils.drawn("x", None, {"n": 1}, {"who": "Ann"}) == "<b>1</b>Ann"
    assert stencils.drawn("x", None, {"n": 1}, {"who": "Bo"}) == "<b>1</b>Bo"
    assert len(drawings) == 1
    assert stencils.drawn("x", None, {"n": 2}, {"who": "Bo"}) == "<b>2</b>Bo"
    assert len(drawings) == 2


def test_what_fills_a_hole_is_escaped_unless_it_is_html(part):
    part("{{ holes.one }}|{% if 1 %}{{ holes.two }}{% endif %}|{{ fact }}")
    shown = stencils.drawn("x", None, {"fact": "<f>"}, {"one": "<i>", "two": SafeString("<b>")})
    assert shown == "&lt;i&gt;|<b>|&lt;f&gt;"


def test_each_language_has_its_own(part):
    drawings = part("{% load i18n %}{% get_current_language as code %}{{ code }}")
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            assert stencils.drawn("x", None, {}) == language
    assert len(drawings) == 2


def test_the_request_fills_what_belongs_to_it(part):
    part("{{ holes.here }} {{ holes.here_quoted }} {{ holes.path }} {{ holes.csrf }}")
    request = asked()
    here, quoted, path, token = stencils.drawn("x", request, {}).split(" ")
    assert (here, quoted, path) == ("/a?b=1&amp;c=2", "/a%3Fb%3D1%26c%3D2", "/a")
    assert token == stencils.token(request)
    with pytest.raises(LookupError):
        stencils.drawn("x", None, {})


def test_a_page_has_one_token_until_it_is_changed():
    request = asked()
    first = stencils.token(request)
    assert stencils.token(request) == first == str(page_of(request)["csrf_token"])
    rotate_token(request)
    assert stencils.token(request) != first


def page_of(request):
    from django.contrib.messages.storage.fallback import FallbackStorage

    request.session = {}
    request._messages = FallbackStorage(request)
    return page(request)
