"""Fact contracts: what happened, as frozen dataclasses with a kind and a version, and the registry of them all.

    @fact("follow.started", version=1)
    @dataclass(frozen=True, slots=True)
    class FollowStarted(Fact):
        "Someone began to follow a shop, a creator or another account."

        follower: UUID
        target: UUID

A slice declares its facts in its `contracts.py`. Accounts appear as pseudonyms only. This package knows no framework
and no store: `outbox` and `beacons` carry facts, `lake` keeps them.
"""

from laotie.stream.facts.contract import ENVELOPE, BadFact, Fact, fact, latest, registered
from laotie.stream.facts.envelope import Recorded
from laotie.stream.facts.json import decode, encode
from laotie.stream.facts.schema import arrow_schema

__all__ = [
    "ENVELOPE",
    "BadFact",
    "Fact",
    "Recorded",
    "arrow_schema",
    "decode",
    "encode",
    "fact",
    "latest",
    "registered",
]
