"""The arithmetic of a draw, so small that anybody can do it again (`docs/guide/draws.md`; `static/rooms/lots.js`).

    commitment = SHA-256(secret)                          said before the first entry
    list hash  = SHA-256(entries, sorted, one a line)     said when the entries close
    ticket     = SHA-256(secret ":" list hash ":" entry)  of each entry, once the secret is said
    winners    = the entries with the smallest tickets

Secret, hashes and tickets are lower-case hexadecimal; entries are UUIDs with their hyphens. Pure functions.
"""

import hashlib
import secrets
from collections.abc import Iterable


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_hex(32)


def commitment(secret: str) -> str:
    """What binds to a secret without telling it."""
    return _sha256(secret)


def listed(entries: Iterable[str]) -> str:
    """The published list: sorted, one a line, without a line's end after the last."""
    return "\n".join(sorted(entries))


def list_hash(entries: Iterable[str]) -> str:
    return _sha256(listed(entries))


def drawn(secret: str, entries: Iterable[str], winners: int) -> list[str]:
    """The winning entries, the best ticket first."""
    entries = list(entries)
    whole = list_hash(entries)
    return sorted(entries, key=lambda entry: _sha256(f"{secret}:{whole}:{entry}"))[:winners]


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
