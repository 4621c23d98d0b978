"""Tickets: what one browser may hear for the next minutes."""

import os
import re
from dataclasses import dataclass
from functools import cache

import nkeys
from django.conf import settings
from django.http import HttpRequest

from laotie.kit import clock
from laotie.stream.live import jwt
from laotie.stream.live.cookies import path_of
from laotie.stream.live.keys import Key, derived, key_of

PORT = re.compile(r":\d+$")
LIFE = 300  # seconds. Rights bind at connect, so this is also how long someone shut out may go on hearing


@dataclass(frozen=True, slots=True)
class Ticket:
    """`token` goes into the cookie. A browser asks for the next one when between `renew_after` and `seconds` passed."""

    token: str
    seconds: int

    @property
    def renew_after(self) -> int:
        """The earliest time to renew; each browser adds a random part, so that a full room does not come at once."""
        return self.seconds * 3 // 5


def ticket(*subjects: str, seconds: int = LIFE) -> Ticket:
    """A ticket to hear `subjects` for `seconds`. Who may hear them is judged by who asks for it."""
    account, signing = _signers()
    issued = int(clock.now().timestamp())
    token = jwt.listener(signing, account, _user(), subjects, issued=issued, expires=issued + seconds)
    return Ticket(token, seconds)


@cache
def _user() -> str:
    """What this process calls listeners: only a name, as a bearer proves nothing by a key."""
    return key_of(nkeys.encode_seed(os.urandom(32), nkeys.PREFIX_BYTE_USER).decode()).public


@cache
def _signers() -> tuple[str, Key]:
    """The account's public key and the key that signs its users: of the bus named in the settings, else our own."""
    config = settings.CONFIG
    if config.live_seed:
        return config.live_account, key_of(config.live_seed)
    return derived(config.nats_password, "account").public, derived(config.nats_password, "signing")


def is_open() -> bool:
    """Whether browsers can reach a bus at all; where not, pages ask again and again instead."""
    config = settings.CONFIG
    return bool(config.live_url or config.live_port)


def address(request: HttpRequest, topic: str) -> str:
    """Where this browser reaches the bus for `topic`; "" where it cannot. Behind TLS it is the proxy that passes
    it, unless the certificate is our own."""
    config, host = settings.CONFIG, request.get_host()
    if config.live_url:
        return f"{config.live_url}{path_of(topic)}"
    if not config.live_port:
        return ""
    if config.own_certificate:
        return f"wss://{PORT.sub('', host)}:{config.live_port}{path_of(topic)}"
    if request.is_secure():
        return f"wss://{host}{path_of(topic)}"
    return f"ws://{PORT.sub('', host)}:{config.live_port}{path_of(topic)}"
