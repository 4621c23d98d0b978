"""What every HTML page shares: rendering, errors in the shape that was asked for, guards and limits.

It knows no room: a slice's `pages.py` parses, calls an action or a query, and renders.
"""

from laotie.kit.pages.confirming import confirmed
from laotie.kit.pages.guards import account_id, operator_only, signed_in
from laotie.kit.pages.problems import problem
from laotie.kit.pages.rates import rate_limit
from laotie.kit.pages.rendering import render, safe_next, wants_partial

__all__ = [
    "account_id",
    "confirmed",
    "operator_only",
    "problem",
    "rate_limit",
    "render",
    "safe_next",
    "signed_in",
    "wants_partial",
]
