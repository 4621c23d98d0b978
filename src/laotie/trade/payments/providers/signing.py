"""Signed webhooks as the large providers do them: `t=<unix time>,v1=<HMAC-SHA256 of "time.body">`."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from laotie.trade.payments.errors import BadWebhook

FRESH_SECONDS = 300  # the usual tolerance: longer than clocks differ, shorter than a stolen message is useful


def sign(secret: bytes, body: bytes, at: datetime) -> str:
    """The value of the signature header for `body` sent at `at`."""
    moment = str(int(at.timestamp()))
    return f"t={moment},v1={_digest(secret, moment, body)}"


def check(secret: bytes, headers: Mapping[str, str], header: str, body: bytes, now: datetime) -> None:
    """Raises BadWebhook unless `header` signs `body` with `secret`, and did so within the last minutes."""
    signature = next((value for name, value in headers.items() if name.lower() == header.lower()), "")
    parts = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
    moment, digest = parts.get("t", ""), parts.get("v1", "")
    expected = _digest(secret, moment, body)
    if not moment.isascii() or not moment.isdigit() or not hmac.compare_digest(digest.encode(), expected.encode()):
        raise BadWebhook
    if abs(now.timestamp() - int(moment)) > FRESH_SECONDS:
        raise BadWebhook


def _digest(secret: bytes, moment: str, body: bytes) -> str:
    return hmac.new(secret, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
