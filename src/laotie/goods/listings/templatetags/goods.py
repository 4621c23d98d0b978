"""Small words of goods for templates: names of categories, states of products."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.listings.states import LABELS
from laotie.kit import market
from laotie.kit.money import Money
from laotie.kit.templatetags.kit import state

register = template.Library()


@register.simple_tag
def category_name(category_id: UUID) -> str:
    """The category's name in the reader's language."""
    node = catalogue.all_categories().get(category_id)
    return node.name(get_language() or "en") if node else ""


@register.simple_tag
def product_state(status: str) -> SafeString:
    """The state of a product as a chip."""
    label, tone = LABELS[status]
    return SafeString(state(str(label), tone))


@register.filter
def money(minor: int) -> Money:
    """Minor units in the market's currency."""
    return market.current().money(minor)


@register.filter
def per_cent(rate_bp: int) -> str:
    """Basis points as a percentage: 1250 → "12.5 %"."""
    return f"{rate_bp / 100:g} %"


@register.filter
def index(items: Sequence[Any], place: int) -> Any:
    """The item at `place`, "" beyond the end."""
    return items[place] if 0 <= place < len(items) else ""


@register.filter
def of(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What `mapping` has at `key`, or None."""
    return mapping.get(key)
