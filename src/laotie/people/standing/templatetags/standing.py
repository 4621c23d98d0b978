"""`{% load standing %}`: multipliers and differences as people read them."""

from django import template

register = template.Library()


@register.filter
def times(multiplier_bp: int) -> str:
    """10,000 is ×1.00."""
    return f"×{multiplier_bp / 10_000:.2f}"


@register.filter
def figure(multiplier: float) -> str:
    """1.0 is ×1.00."""
    return f"×{multiplier:.2f}"


@register.filter
def signed(value: float, places: int = 2) -> str:
    """+0.12, −0.12, ±0.00: the sign is always there, and a minus is a minus."""
    text = f"{abs(value):.{places}f}"
    if float(text) == 0:
        return f"±{text}"
    return f"+{text}" if value > 0 else f"−{text}"
