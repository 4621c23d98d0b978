"""Rate limits, counted in one unlogged table of the market's database, so that all web processes share them."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from laotie.kit import clock
from laotie.kit.errors import TooMany

Page = Callable[..., HttpResponseBase]
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def rate_limit(name: str, per_minute: int) -> Callable[[Page], Page]:
    """Let one account (or one address, for visitors) do this page's act at most `per_minute` times a minute.

    Only requests that change something are counted. Raises TooMany.
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in READING:
                count(name, caller(request), per_minute)
            return page(request, *args, **kwargs)

        return limited

    return decorate


def count(name: str, who: str, per_minute: int) -> None:
    """Count one act of `who` under `name`; raises TooMany beyond `per_minute` in this minute."""
    second = int(clock.now().timestamp())
    with connection.cursor() as cursor:
        cursor.execute("SELECT kit_rate_count(%s, %s, %s)", [name, who, second // 60])
        done = cursor.fetchone()[0]
    if done > per_minute:
        raise TooMany(retry_after=60 - second % 60)


def caller(request: HttpRequest) -> str:
    """The account, or a keyed hash of the visitor's address: addresses themselves are not kept."""
    if request.user.is_authenticated:
        return str(request.user.pk)
    address = f"{settings.SECRET_KEY}{request.META.get('REMOTE_ADDR', '')}"
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()
