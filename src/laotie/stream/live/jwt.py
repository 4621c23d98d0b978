"""NATS' decentralised JWTs (version 2 of its claims): operator, account, and users that may hear or do little.

An empty list of allowed subjects would mean "everything", so no function here takes one, and an account denies by
default what a user was not given. https://docs.nats.io/running-a-nats-service/configuration/securing_nats/jwt
"""

import hashlib
import json
from base64 import b32encode
from collections.abc import Mapping, Sequence
from typing import Any

from laotie.stream.live.keys import Key, unpadded

HEADER = unpadded(b'{"typ":"JWT","alg":"ed25519-nkey"}')
UNLIMITED = -1
NOTHING = {"deny": [">"]}
LIMITS = dict.fromkeys(
    ("subs", "data", "payload", "imports", "exports", "conn", "leaf", "mem_storage", "disk_storage", "streams",
     "consumer"), UNLIMITED) | {"wildcards": True}  # fmt: skip


def operator(key: Key, system: Key) -> str:
    """The root of trust of one home, signed by itself."""
    return signed(key, {"name": "laotie", "sub": key.public}, {"type": "operator", "system_account": system.public})


def account(by: Key, key: Key, signing: Sequence[Key] = ()) -> str:
    """An account that JetStream may keep as much for as the server allows."""
    nats = {
        "type": "account", "limits": LIMITS, "signing_keys": [each.public for each in signing],
        "default_permissions": {"pub": NOTHING, "sub": NOTHING},
    }  # fmt: skip
    return signed(by, {"name": "laotie", "sub": key.public}, nats)


def system_account(by: Key, key: Key) -> str:
    """The account in which the server speaks of itself. It may not use JetStream."""
    limits = LIMITS | {"mem_storage": 0, "disk_storage": 0, "streams": 0, "consumer": 0}
    return signed(by, {"name": "system", "sub": key.public}, {"type": "account", "limits": limits})


def backend(by: Key, of_account: str, key: Key) -> str:
    """The market's own user: everything, over TCP, and it must sign with its key."""
    everything = {"allow": [">"]}
    nats = {
        "type": "user", "issuer_account": of_account, "pub": everything, "sub": everything, "subs": UNLIMITED,
        "data": UNLIMITED, "payload": UNLIMITED, "allowed_connection_types": ["STANDARD"],
    }  # fmt: skip
    return signed(by, {"name": "market", "sub": key.public}, nats)


def listener(by: Key, of_account: str, public: str, subjects: Sequence[str], *, issued: int, expires: int) -> str:
    """A browser's ticket: it may hear `subjects` (at least one) and say nothing. Times are unix seconds."""
    if not subjects:
        raise ValueError("a ticket must name what it may hear: an empty list would mean everything")
    nats = {
        "type": "user", "issuer_account": of_account, "pub": NOTHING, "sub": {"allow": list(subjects)},
        "subs": 2 * len(subjects), "data": UNLIMITED, "payload": UNLIMITED, "bearer_token": True,
        "allowed_connection_types": ["WEBSOCKET"],
    }  # fmt: skip
    return signed(by, {"name": "viewer", "sub": public, "iat": issued, "exp": expires}, nats)


def signed(by: Key, claims: Mapping[str, Any], nats: Mapping[str, Any]) -> str:
    """A JWT. Its id is the digest of what it says, so that the same claims give the same token."""
    said = {"iat": 0, **claims, "iss": by.public, "nats": {"version": 2, **nats}}
    digest = b32encode(hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()).decode().rstrip("=")
    body = f"{HEADER}.{unpadded(json.dumps(said | {'jti': digest}, separators=(',', ':')).encode())}"
    return f"{body}.{unpadded(by.sign(body.encode()))}"


def credentials(token: str, key: Key) -> str:
    """The text of a credentials file, as NATS' clients read it."""
    return (
        f"-----BEGIN NATS USER JWT-----\n{token}\n------END NATS USER JWT------\n\n"
        f"-----BEGIN USER NKEY SEED-----\n{key.seed}\n------END USER NKEY SEED------\n"
    )
