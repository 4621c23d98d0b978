"""Addresses of things that a page names by the dozen: asked for by name, each would take longer than what it is for."""

from functools import cache

from django.urls import reverse


@cache
def before(name: str, *last: object) -> str:
    """What the address of the view `name` is before its `last` parts, of which any that fit will do."""
    return reverse(name, args=last).removesuffix("/".join(map(str, last)))
