"""The keys of an embedded bus, derived from the home's own secret: nothing further to keep, copy or lose.

operator ─ signs ─► account ─ names ─► signing key ─ signs ─► tickets and the market's own user
"""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass

import nkeys

ROLES = {
    "operator": nkeys.PREFIX_BYTE_OPERATOR,
    "account": nkeys.PREFIX_BYTE_ACCOUNT,
    "signing": nkeys.PREFIX_BYTE_ACCOUNT,
    "system": nkeys.PREFIX_BYTE_ACCOUNT,
    "backend": nkeys.PREFIX_BYTE_USER,
}


@dataclass(frozen=True, slots=True)
class Key:
    """An Ed25519 key in NATS' own writing: `public` names it, `seed` is the secret."""

    public: str
    seed: str

    def sign(self, message: bytes) -> bytes:
        signature: bytes = nkeys.from_seed(self.seed.encode()).sign(message)
        return signature


def derived(secret: str, role: str) -> Key:
    """The key of `role` in the home that keeps `secret`; the same for ever."""
    raw = hashlib.sha256(f"laotie live {role}\0{secret}".encode()).digest()
    return key_of(nkeys.encode_seed(raw, ROLES[role]).decode())


def key_of(seed: str) -> Key:
    """The key of a seed ("SA…", "SU…"). Raises nkeys.NkeysError."""
    public: bytes = nkeys.from_seed(seed.encode()).public_key
    return Key(public.decode(), seed)


def unpadded(raw: bytes) -> str:
    """base64url as JWTs write it."""
    return urlsafe_b64encode(raw).decode().rstrip("=")
