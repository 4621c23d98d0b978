"""The frame that every page stands in, as tags: `{% load frame %}`. All of it is drawn once (`kit.pages.stencils`)."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from laotie.kit import slots
from laotie.kit.pages import stencils
from laotie.kit.templatetags.kit import address_of, is_within

register = template.Library()
BADGED = "tab.messages"
# name of the page, word, sign, whether it carries the badge
TABS = (
    ("shelf:home", _("Home"), "home", False),
    ("shelf:mall", _("Mall"), "grid", False),
    ("talks:mine", _("Messages"), "chat", True),
    ("accounts:me", _("Me"), "person", False),
)


@register.simple_tag(takes_context=True)
def part(context: template.Context, name: str, **facts: Any) -> SafeString:
    """A part that depends on `facts` and the language alone, but for its holes."""
    return stencils.drawn(name, context.get("request"), facts)


@register.simple_tag(takes_context=True)
def search_field(context: template.Context) -> SafeString:
    """The header's search; nothing while no such page exists."""
    request: HttpRequest | None = context.get("request")
    address = address_of("shelf:search")
    if not address:
        return SafeString("")
    below = mark_safe("".join(slots.filled("header.search", request)) if request else "")
    holes = {"query": context.get("query") or "", "below": below}
    return stencils.drawn("kit/parts/search_field.html", request, {"address": address}, holes)


@register.simple_tag(takes_context=True)
def me(context: template.Context) -> SafeString:
    """The way to one's own page, or to the sign-in."""
    request: HttpRequest | None = context.get("request")
    user = context.get("user")
    if user is not None and user.is_authenticated:
        facts = {"address": address_of("accounts:me") or "/", "face": user.face, "name": user.name}
        return stencils.drawn("kit/parts/me.html", request, facts)
    address = address_of("account_login")
    return stencils.drawn("kit/parts/sign_in.html", request, {"address": address}) if address else SafeString("")


@register.simple_tag(takes_context=True)
def tabs(context: template.Context) -> SafeString:
    """The bottom bar of a phone; tabs whose page does not exist are left out."""
    request: HttpRequest | None = context.get("request")
    here = request.path if request else ""
    shown = tuple(
        (address, str(word), sign, is_within(here, address), badged)
        for name, word, sign, badged in TABS
        if (address := address_of(name))
    )
    badge = mark_safe("".join(slots.filled(BADGED, request)) if request else "")
    return stencils.drawn("kit/parts/tabs.html", request, {"tabs": shown}, {"badge": badge})
