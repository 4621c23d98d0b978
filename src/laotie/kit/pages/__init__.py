"""What every HTML page shares: rendering, errors in the shape that was asked for, guards and limits.

It knows no room: a slice's `pages.py` parses, calls an action or a query, and renders.
"""

from laotie.kit.pages.confirming import confirmed
from laotie.kit.pages.guards import account_id, account_of, operator_only, pseudonym_of, signed_in
from laotie.kit.pages.problems import blame, problem, sentence
from laotie.kit.pages.rates import rate_limit
from laotie.kit.pages.rendering import render, safe_next, wants_partial

__all__ = [
    "account_id",
    "account_of",
    "blame",
    "confirmed",
    "operator_only",
    "problem",
    "pseudonym_of",
    "rate_limit",
    "render",
    "safe_next",
    "sentence",
    "signed_in",
    "wants_partial",
]
