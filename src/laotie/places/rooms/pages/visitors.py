"""Who looks at a room, and how they came."""

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest

from laotie.kit.tokens import QUERY, BadToken, open_token

ENTRIES = {"": "feed", "search": "search", "c": "shelf", "mall": "shelf", "p": "product", "s": "shop", "u": "creator",
           "notices": "notice", "rooms": "schedule"}  # fmt: skip


def entry_of(request: HttpRequest, session_id: UUID) -> tuple[str, UUID | None]:
    """How the visitor came to a room, and by which decision: the slot's token where one was followed, else the page
    before this one."""
    try:
        served = open_token(request.GET.get(QUERY, "")[:200])
        if served.item == session_id:
            return "feed", served.decision
    except BadToken:
        pass
    before = urlsplit(request.headers.get("Referer", ""))
    if not before.netloc:
        return "direct", None
    if before.netloc != request.get_host():
        return "outside", None
    return ENTRIES.get(before.path.strip("/").split("/")[0], "direct"), None
