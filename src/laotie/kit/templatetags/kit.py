"""The pages' components as tags: `{% load kit %}`.

Larger ones render a small template of `kit/parts/`; those that a page has dozens of are written here.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from laotie.kit import charts, clock, market, slots
from laotie.kit.money import Money
from laotie.kit.pages.stencils import drawn

register = template.Library()
GROUNDS = 6  # .ground-1 … in components.css
LETTER = '<text x="50" y="49" text-anchor="middle" dominant-baseline="central">{}</text>'
TONES = {"": "chip-plain", "good": "chip-jade", "wait": "chip-honey", "bad": "chip-bad", "new": "chip-persimmon"}


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, **arguments: Any) -> SafeString:
    """Whatever other rooms put in this place."""
    request: HttpRequest | None = context.get("request")
    return mark_safe("".join(slots.filled(name, request, **arguments))) if request else SafeString("")


@register.simple_tag
def price(money: Money, list_price: Money | None = None) -> SafeString:
    """An amount to buy at; `list_price` above it is shown struck through."""
    symbol, plain = money.symbol.strip(), money.plain
    if list_price is None or list_price.minor <= money.minor:
        return format_html('<span class="price"><i>{}</i>{}</span>', symbol, plain)
    return format_html(
        '<span class="price"><span class="unseen">{} </span><i>{}</i>{}</span>'
        ' <del class="price-list"><span class="unseen">{} </span>{}</del>',
        _("Price"), symbol, plain, _("instead of"), list_price,
    )  # fmt: skip


@register.simple_tag
def picture(
    picture_id: UUID | str | None, width: int = 480, alt: str = "", loading: str = "lazy", name: str = ""
) -> SafeString:
    """A stored picture near `width` pixels, sharper on dense screens. Where there is none: a ground and the first
    letter of `name` (or of `alt`), the same for the same name."""
    if not picture_id:
        return _no_picture(alt, name or alt)
    from laotie.kit.pictures import queries

    identity = picture_id if isinstance(picture_id, UUID) else UUID(str(picture_id))
    return format_html(
        '<img class="picture" src="{}" srcset="{}" sizes="{}px" alt="{}" loading="{}" decoding="async">',
        queries.url(identity, width), queries.srcset(identity), width, alt, loading,
    )  # fmt: skip


def _no_picture(alt: str, name: str) -> SafeString:
    read_aloud = format_html(' role="img" aria-label="{}"', alt) if alt else ""
    letter = _letter(name)
    return format_html(
        '<span class="picture picture-none ground-{}"{}><svg viewBox="0 0 100 100" aria-hidden="true">'
        '<ellipse cx="50" cy="83" rx="21" ry="3"></ellipse><circle cx="50" cy="48" r="27"></circle>{}</svg></span>',
        crc32(name.encode()) % GROUNDS + 1, read_aloud, format_html(LETTER, letter) if letter else "",
    )  # fmt: skip


@register.simple_tag
def picture_address(picture_id: UUID, width: int) -> str:
    """Where a stored picture is served at the kept width of at least `width` pixels."""
    from laotie.kit.pictures import queries

    return queries.url(picture_id, width)


@register.simple_tag
def avatar(picture_id: UUID | str | None, name: str, size: str = "") -> SafeString:
    """A face, or the first letter of the name. `size` is "", "small" or "large"."""
    letter = (name.strip() or "·")[0].upper()
    inside = picture(picture_id, 160) if picture_id else format_html('<span aria-hidden="true">{}</span>', letter)
    return format_html('<span class="avatar{}">{}</span>', f" avatar-{size}" if size else "", inside)


@register.inclusion_tag("kit/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form field with its label, hint and errors tied to it for screen readers."""
    widget = bound.field.widget
    described = " ".join(
        [f"{bound.id_for_label}-hint"] * bool(bound.help_text) + [f"{bound.id_for_label}-error"] * bool(bound.errors)
    )
    attributes: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "tick": isinstance(widget, CheckboxInput),
        "group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "file": isinstance(widget, FileInput),
        "hidden": bound.is_hidden,
    }


@register.simple_tag
def empty(title: str, text: str = "", href: str = "", action: str = "", icon: str = "bag") -> SafeString:
    """A place with nothing in it yet, and what to do next."""
    facts = {"title": title, "text": text, "href": href, "action": action, "icon_name": icon}
    return drawn("kit/parts/empty.html", None, facts)


@register.simple_tag
def ring(value: float, label: str, full: float = 100, tone: str = "jade", size: str = "") -> SafeString:
    """A ring filled to `value` of `full`, with `label` in its middle."""
    facts = {"percent": _percent(value, full), "label": label, "tone": tone, "size": size}
    return drawn("kit/parts/ring.html", None, facts)


@register.simple_tag
def bar(value: float, label: str, full: float = 100, tone: str = "jade") -> SafeString:
    """A bar filled to `value` of `full`; `label` is read aloud."""
    return drawn("kit/parts/bar.html", None, {"percent": _percent(value, full), "label": label, "tone": tone})


@register.inclusion_tag("kit/parts/trend.html")
def trend(chart: charts.Trend, label: str) -> dict[str, Any]:
    """Lines over days; `label` is read aloud. Put the figures into a table beside it too."""
    return {"chart": chart, "label": label}


@register.inclusion_tag("kit/parts/histogram.html")
def histogram(
    chart: charts.Histogram, label: str, first: str, last: str, keys: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Stacked counts; `keys` name the tones, `first` and `last` the ends of the axis."""
    return {"chart": chart, "label": label, "first": first, "last": last, "keys": keys}


@register.inclusion_tag("kit/parts/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Links to the other pages of a list, keeping the rest of the address. `name` is the query's key."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(number, address(number) if isinstance(number, int) else "") for number in numbers]
    before = address(page.previous_page_number()) if page.has_previous() else ""
    after = address(page.next_page_number()) if page.has_next() else ""
    return {"page": page, "links": links, "before": before, "after": after}


@register.simple_tag
def when(at: datetime | None, style: str = "") -> SafeString:
    """A moment in the market's time; script turns it into the reader's own. `style` is "", "day", "time" or
    "ago"."""
    if not at:
        return SafeString("")
    facts = {"at": at.astimezone(market.current().zone), "style": style}
    return drawn("kit/parts/when.html", None, facts)


@register.simple_tag
def span(begun: datetime, ended: datetime) -> SafeString:
    """From when to when; the end's day is said where it is another one in the market's time."""
    zone = market.current().zone
    same = clock.market_day(begun, zone) == clock.market_day(ended, zone)
    return format_html("{} – {}", when(begun), when(ended, "time" if same else ""))


@register.simple_tag
def state(label: str, tone: str = "") -> SafeString:
    """A state as a chip. `tone`: "" plain, good, wait, bad, new."""
    return format_html('<span class="chip {}">{}</span>', TONES.get(tone, "chip-plain"), label)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A drawn sign from the sprite; decoration only, so it is hidden from screen readers."""
    from django.templatetags.static import static

    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("kit/icons.svg"), name
    )


@register.simple_tag
def stars(value: float, label: str = "") -> SafeString:
    """Stars out of five, in tenths; `label` is read aloud instead of the number."""
    return drawn("kit/parts/stars.html", None, {"percent": _percent(value, 5), "value": value, "label": label})


@register.filter
def is_within(here: str, address: str) -> bool:
    """Whether the page at `here` is the one at `address` or below it; "/a/b" is below "/a", not below "/a/"."""
    return here == address or here.startswith(f"{address}/")


@register.simple_tag
@cache
def address_of(name: str) -> str:
    """The address of a named page, or "" while no such page exists."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _letter(name: str) -> str:
    """The first letter or digit, as a sign; "" where there is none."""
    return next((each for each in name if each.isalnum()), "").upper()[:1]


def _percent(value: float, full: float) -> float:
    return round(max(0.0, min(100.0, 100 * float(value) / float(full))), 2) if full else 0.0
