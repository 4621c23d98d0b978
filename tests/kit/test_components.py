"""Every component, rendered: what it shows, what it says to a screen reader, and that it is valid HTML."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings

from laotie.kit.money import Money
from laotie.kit.templatetags.kit import is_within
from tests.html import validate


def shown(source: str, **context: object) -> str:
    request = RequestFactory().get("/list", {"q": "a b", "page": "2"})
    html = Template("{% load kit %}" + source).render(Context({"request": request, **context}))
    validate(html)
    return html


def test_a_price_shows_a_higher_list_price_only() -> None:
    cheap, dear = Money(5990, "CNY"), Money(8200, "CNY")
    assert "<i>¥</i>59.90" in shown("{% price a b %}", a=cheap, b=dear)
    assert "¥82.00" in shown("{% price a b %}", a=cheap, b=dear)
    assert "<del" not in shown("{% price a b %}", a=dear, b=cheap)
    assert "<i>¥</i>700" in shown("{% price a %}", a=Money(700, "JPY"))


@pytest.mark.parametrize(
    ("value", "full", "percent"), [(97, 100, "97.00"), (9, 5, "100.00"), (-1, 5, "0.00"), (1, 0, "0.00")]
)
def test_rings_and_bars_never_overflow(value: float, full: float, percent: str) -> None:
    assert f'stroke-dasharray="{percent} 100"' in shown("{% ring v 'x' full=f %}", v=value, f=full)
    assert f'width="{percent}%"' in shown("{% bar v 'x' full=f %}", v=value, f=full)


def test_stars_say_their_number() -> None:
    assert 'aria-label="4.3 of 5 stars"' in shown("{% stars 4.3 %}")


def test_an_avatar_without_a_picture_shows_a_letter() -> None:
    assert ">苏<" in shown("{% avatar None '苏小姐' %}")
    assert ">·<" in shown("{% avatar None '' %}")


def test_a_picture_that_is_not_there_is_a_ground_with_a_letter() -> None:
    jade = shown("{% picture None 480 'Jade' %}")
    assert 'aria-label="Jade"' in jade and ">J</text>" in jade and "ground-" in jade
    assert jade == shown("{% picture None 160 'Jade' %}")
    assert ">虾</text>" in shown("{% picture None 480 '' name='“虾干”' %}")
    assert "<text" not in shown("{% picture None 480 '' %}") and "aria-label" not in shown("{% picture None 480 '' %}")


def test_an_empty_place_says_what_to_do() -> None:
    html = shown("{% empty 'Nothing' 'Yet' '/go' 'Go' %}")
    assert 'href="/go"' in html and "Nothing" in html
    assert "<a" not in shown("{% empty 'Nothing' %}")


def test_pages_keep_the_rest_of_the_address() -> None:
    html = shown("{% pages p %}", p=Paginator(range(90), 10).get_page(2))
    assert 'href="?q=a+b&amp;page=3"' in html and 'rel="prev"' in html
    assert '<b aria-current="page">2</b>' in html
    assert shown("{% pages p %}", p=Paginator(range(9), 10).get_page(1)).strip() == ""


def test_a_moment_carries_its_zone_and_nothing_shows_nothing() -> None:
    html = shown("{% when at %}", at=datetime(2026, 11, 22, 4, tzinfo=UTC))
    assert "2026-11-22 12:00" in html and 'datetime="2026-11-22T12:00:00+08:00"' in html
    assert shown("{% when at %}", at=None).strip() == ""


def test_what_a_state_says_is_escaped() -> None:
    assert "&lt;b&gt;" in shown("{% state s 'good' %}", s="<b>")


def test_an_error_is_tied_to_its_field() -> None:
    class Asked(forms.Form):
        name = forms.CharField(help_text="Hint")
        kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)

    html = shown("{% for f in form %}{% field f %}{% endfor %}", form=Asked({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in html and 'aria-invalid="true"' in html
    assert "<legend>Kind</legend>" in html


@pytest.mark.parametrize(
    ("here", "address", "within"),
    [
        ("/me", "/me", True),
        ("/me/orders", "/me", True),
        ("/messages", "/me", False),
        ("/operator/x", "/operator/", False),
    ],
)
def test_which_entry_is_the_current_one(here: str, address: str, within: bool) -> None:
    assert is_within(here, address) is within


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_style_page_shows_everything(client: Client, language: str) -> None:
    response = client.get("/look", headers={"accept-language": language})
    assert response.status_code == 200
    validate(response.content)


@pytest.mark.django_db
def test_the_style_page_is_for_demos_and_operators(client: Client) -> None:
    from django.conf import settings

    with override_settings(CONFIG=settings.CONFIG.model_copy(update={"demo": False})):
        assert client.get("/look").status_code == 404


def test_the_end_of_a_span_says_its_day_only_where_it_is_another() -> None:
    begun = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
    for hours, days in ((1, 1), (24, 2)):
        span = shown("{% span begun ended %}", begun=begun, ended=begun + timedelta(hours=hours))
        assert len(re.findall(r">2026-03-0\d ", span)) == days
        assert span.count('data-style="time"') == 2 - days
