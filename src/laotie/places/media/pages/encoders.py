"""`POST /media/encoders/publish`: a media server asks whether a key may publish. 200 yes; 403 and a sentence, no.

It speaks as each of them asks: nginx's rtmp module sends a form (`name`), SRS JSON (`stream`; it wants `code` 0 back),
MediaMTX JSON (`path`, whose last part is the key). Other questions of SRS and MediaMTX (who may watch) are answered
with yes: their ports are not open to the world, see the operators' guide.
"""

import json
from typing import Any
from urllib.parse import parse_qsl

import structlog
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from laotie.kit.errors import MarketError, TooMany
from laotie.kit.pages.problems import sentence
from laotie.places.media import encoders
from laotie.places.media.counters import ENCODERS
from laotie.places.media.errors import BadKey
from laotie.stream.beacons.limits import Allowance

LARGEST = 8192  # bytes of a question
PUBLISHING = ("on_publish", "publish")
WATCHING = ("on_play", "on_stop", "on_connect", "on_close", "on_unpublish", "play", "play_done", "publish_done", "done",
            "read", "playback")  # fmt: skip
allowance = Allowance(per_second=5, burst=50)  # of all: keys cannot be guessed, but guessing should not be free
log = structlog.get_logger()


@csrf_exempt
@require_POST
def publish(request: HttpRequest) -> JsonResponse:
    """Judge; every refusal is logged, without the key, and counted."""
    try:
        if not allowance.take("all", 1):
            raise TooMany(retry_after=10)
        action, key, address = _asked(request)
        if action in PUBLISHING:
            stream = encoders.admit(key)
            log.info("encoder let in", stream=str(stream), address=address)
            ENCODERS.labels("let in").inc()
        elif action not in WATCHING:
            raise BadKey
    except MarketError as error:
        log.warning("encoder refused", code=error.code)
        ENCODERS.labels(error.code).inc()
        said = {"code": error.code, "sentence": sentence(error)}
        return JsonResponse(said, status=error.status)
    return JsonResponse({"code": 0})


def _asked(request: HttpRequest) -> tuple[str, str, str]:
    """(what is asked, the key, from where the encoder came). Raises BadKey."""
    content = request.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadKey
    said: Any = _json(content) if request.content_type == "application/json" else _form(content)
    key = said.get("name") or said.get("stream") or str(said.get("path", "")).rpartition("/")[2]
    action = said.get("action") or said.get("call") or ""
    return str(action), str(key), str(said.get("addr") or said.get("ip") or "")[:60]


def _json(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadKey from error
    if not isinstance(said, dict):
        raise BadKey
    return said


def _form(content: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(content.decode(), max_num_fields=50))
    except ValueError as error:
        raise BadKey from error
