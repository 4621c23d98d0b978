"""Who asks."""

from uuid import UUID

from django.http import HttpRequest

from laotie.kit.pages import account_id as who
from laotie.kit.pages.rates import count

PER_MINUTE = 120


def host(request: HttpRequest) -> UUID:
    """Who works in a room, not more often than a person can press buttons. Raises Forbidden, TooMany."""
    me = who(request)
    count("room.host", str(me), PER_MINUTE)
    return me
