"""Tags of order pages: `{% load orders %}`."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from laotie.kit.templatetags.kit import TONES as CHIPS
from laotie.trade.orders.contracts import CARRIERS, Order, State
from laotie.trade.orders.transitions import ROAD
from laotie.trade.orders.words import CARRIER_KINDS, CLOSINGS, EVENTS, LABELS, PARTIES, STEPS, TONES

register = template.Library()


@register.simple_tag
def order_state(order: Order) -> SafeString:
    """An order's state as a chip."""
    return format_html('<span class="chip {}">{}</span>', CHIPS[TONES[order.state]], LABELS[order.state])


@register.simple_tag
def order_steps(order: Order) -> SafeString:
    """Where an order is on its road; nothing for one that ended before it."""
    if order.state is State.CANCELLED:
        return SafeString("")
    reached = _reached(order)
    marks = ((_mark(index, reached), STEPS[state]) for index, state in enumerate(ROAD))
    return format_html('<ol class="steps">{}</ol>', format_html_join("", "<li{}>{}</li>", marks))


def _reached(order: Order) -> int:
    times = (order.placed_at, order.paid_at, order.shipped_at, order.signed_at, order.done_at)
    return max(index for index, at in enumerate(times) if at is not None)


def _mark(index: int, reached: int) -> SafeString:
    if index == reached:
        return SafeString(' class="done" aria-current="step"')
    return SafeString(' class="done"' if index < reached else "")


@register.filter
def event_words(event: str) -> Any:
    return EVENTS.get(event, event)


@register.filter
def party_words(party: str) -> Any:
    return PARTIES.get(party, party)


@register.filter
def closing_words(reason: str) -> Any:
    return CLOSINGS.get(reason, reason)


@register.filter
def carrier_words(carrier: str) -> str:
    return CARRIERS.get(carrier, carrier)


@register.filter
def kind_words(kind: str) -> Any:
    return CARRIER_KINDS.get(kind, kind)
