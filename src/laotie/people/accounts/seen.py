"""When a session was last seen, written down now and then rather than with every page."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.http import HttpRequest

from laotie.kit import clock

EVERY = timedelta(minutes=5)  # what a person reads as "a moment ago"; each writing costs five statements
REMEMBERED = 10_000  # sessions a process keeps in mind


class SeenNowAndThen(UserSessionsMiddleware):  # type: ignore[misc]  # allauth ships no types
    """allauth's record of sessions, at most once in `EVERY` for each session and process."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.seen: OrderedDict[str, datetime] = OrderedDict()

    def __call__(self, request: HttpRequest) -> Any:
        key = request.session.session_key
        if key is None or not self._is_due(key):
            return self.get_response(request)
        return super().__call__(request)

    def _is_due(self, key: str) -> bool:
        now = clock.now()
        last = self.seen.get(key)
        if last is not None and abs(now - last) < EVERY:
            return False
        self.seen[key] = now
        self.seen.move_to_end(key)
        if len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)
        return True
