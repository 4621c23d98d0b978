"""Tags of the shelf's own templates: `{% load shelf %}`."""

from django import template
from django.utils.translation import get_language, gettext

from laotie.goods.catalogue.contracts import Category
from laotie.places.shelf.listing import again

register = template.Library()
SMALLEST_SHORTENED = 10_000


@register.simple_tag(takes_context=True)
def this_page(context: template.Context, **changes: str | None) -> str:
    """This page's address with some of its query changed; None removes a key."""
    return again(context["request"], **changes)


@register.filter
def named(node: Category) -> str:
    """The category's name in the reader's language."""
    return node.name(get_language() or "en")


@register.filter
def sold(count: int) -> str:
    """How many were sold, in few letters: "已售 1.2万", "12k sold". "" for none."""
    if count <= 0:
        return ""
    return gettext("%(count)s sold") % {"count": _short(count)}


def _short(count: int) -> str:
    if count < SMALLEST_SHORTENED:
        return str(count)
    if (get_language() or "").startswith("zh"):
        return f"{count / 10_000:.1f}".removesuffix(".0") + "万"
    return f"{count / 1000:.1f}".removesuffix(".0") + "k"
