"""Tags of refund pages: `{% load refunds %}`."""

from typing import Any

from django import template

from laotie.trade.refunds.contracts import Reason, RefundState
from laotie.trade.refunds.words import REASONS, STATES

register = template.Library()


@register.filter
def reason_words(reason: Reason) -> Any:
    return REASONS[reason]


@register.filter
def refund_state_words(state: RefundState) -> Any:
    return STATES[state]
