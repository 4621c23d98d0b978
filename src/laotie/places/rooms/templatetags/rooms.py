"""Words and drawings of rooms: `{% load rooms %}`."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from laotie.places.rooms.metrics import Figures

register = template.Library()
ENTRIES: dict[str, Any] = {
    "direct": _("directly"), "feed": _("the home page"), "search": _("a search"), "shelf": _("the mall"),
    "product": _("a product's page"), "shop": _("a shop's page"), "creator": _("the creator's page"),
    "notice": _("a notice"), "schedule": _("the list of rooms"), "outside": _("another site"),
}  # fmt: skip
WIDTH, HEIGHT, MOST = 600, 80, 120


@register.filter
def entry(name: str) -> Any:
    """How a viewer came in, in words."""
    return ENTRIES.get(name, name)


@register.filter
def percent(share: float) -> str:
    """0.124 → "12.4 %"."""
    return f"{100 * share:.1f} %"


@register.filter
def spent(seconds: float) -> str:
    """473.2 → "7:53", in every language."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


@register.filter
def of(names: Mapping[UUID, str], key: UUID) -> str:
    """What `key` is called; "…" where it is gone."""
    return names.get(key, "…")


@register.simple_tag
def sparkline(figures: Figures) -> SafeString:
    """People online by minute as a line; beyond two hours the peaks of equal stretches."""
    online = [minute.online for minute in figures.minutes]
    stretch = -(-len(online) // MOST)
    peaks = [max(online[start : start + stretch]) for start in range(0, len(online), stretch)]
    highest, step = max(*peaks, 1), WIDTH / max(1, len(peaks) - 1)
    points = " ".join(f"{place * step:.1f},{HEIGHT - HEIGHT * peak / highest:.1f}" for place, peak in enumerate(peaks))
    return format_html(
        '<svg class="spark-line" viewBox="-2 -4 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<polyline points="{}"></polyline></svg>', WIDTH + 4, HEIGHT + 8, str(highest), points,
    )  # fmt: skip
