"""`{% load standing %}`: a multiplier as people read it."""

from django import template

register = template.Library()


@register.filter
def times(multiplier_bp: int) -> str:
    """10,000 is ×1.00."""
    return f"×{multiplier_bp / 10_000:.2f}"
