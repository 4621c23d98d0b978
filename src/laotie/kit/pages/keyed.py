"""The same answer to the same call: what a program sends again because it heard nothing must not be done twice.

A REST endpoint that moves money or stock is `@keyed`: with an `Idempotency-Key` header its first answer is kept beside
what it did, in one transaction, and given again for a day to the same account, whatever has changed since. A refusal is
not kept: nothing was done, and the same key may be tried again. Without the header, and for visitors,
nothing is remembered.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest
from ninja import Schema, Status

from laotie.kit import clock
from laotie.kit.errors import BadInput, Conflict
from laotie.kit.pages.guards import account_id

HEADER = "Idempotency-Key"
LONGEST = 80
KEPT = timedelta(days=1)
SWEPT = 8  # old answers that each new one takes away
DESCRIBED: dict[str, Any] = {
    "parameters": [{
        "in": "header", "name": HEADER, "required": False,
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "title": HEADER},
        "description": "The same key gives the same answer for a day, and does nothing again.",
    }]
}  # fmt: skip
Endpoint = Callable[..., Any]

BEGIN = "INSERT INTO kit_answer (account, key, asked, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
KNOWN = "SELECT asked, status, body FROM kit_answer WHERE account = %s AND key = %s"
KEEP = "UPDATE kit_answer SET status = %s, body = %s WHERE account = %s AND key = %s"
SWEEP = """
    DELETE FROM kit_answer WHERE ctid IN (
        SELECT ctid FROM kit_answer WHERE at < %s ORDER BY at LIMIT %s FOR UPDATE SKIP LOCKED)
"""


class BadKey(BadInput):
    code = "bad_key"
    sentence = "An Idempotency-Key has 1 to 80 visible characters."


class KeyReused(Conflict):
    code = "key_reused"
    sentence = "This Idempotency-Key was used for another call. Use a new one."


def keyed(endpoint: Endpoint) -> Endpoint:
    """Answer a repeated call with the first one's answer. Describe it with `openapi_extra=DESCRIBED`.

    Raises BadKey, and KeyReused where the key stands for another call.
    """

    @wraps(endpoint)
    def once(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None or not request.user.is_authenticated:
            return endpoint(request, *arguments, **named)
        if not 1 <= len(key) <= LONGEST or not key.isprintable():
            raise BadKey(field=HEADER)
        return _once(account_id(request), key, _fingerprint(request), lambda: endpoint(request, *arguments, **named))

    return once


@transaction.atomic
def _once(account: UUID, key: str, asked: bytes, act: Callable[[], Any]) -> Any:
    """A second call with the key waits here until the first has ended."""
    with connection.cursor() as cursor:
        now = clock.now()
        cursor.execute(SWEEP, [now - KEPT, SWEPT])
        cursor.execute(BEGIN, [account, key, asked, now])
        if not cursor.rowcount:
            cursor.execute(KNOWN, [account, key])
            return _again(asked, *cursor.fetchone())
        answer = act()
        status, body = (answer.status_code, answer.value) if isinstance(answer, Status) else (None, answer)
        cursor.execute(KEEP, [status, _text(body), account, key])
        return answer


def _again(asked: bytes, first: memoryview, status: int | None, body: str) -> Any:
    if bytes(first) != asked:
        raise KeyReused(field=HEADER)
    value = json.loads(body)
    return value if status is None else Status(status, value)


def _text(body: Any) -> str:
    return body.model_dump_json() if isinstance(body, Schema) else json.dumps(body)


def _fingerprint(request: HttpRequest) -> bytes:
    called = f"{request.method} {request.get_full_path()}\0".encode()
    return hashlib.sha256(called + request.body).digest()
