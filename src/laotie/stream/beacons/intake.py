"""From a batch of JSON events to facts: every event is opened, judged, and kept or dropped with a reason.

    {"events": [{"kind": "click", "token": "…", "age": 1200}, {"kind": "dwell", "token": "…", "milliseconds": 5100}]}

A room above may teach further kinds (`learn`); what they tell is judged as any other.
`age` is how many milliseconds before the batch was sent it happened; the browser's own clock is not believed.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.kit.tokens import BadToken, ExpiredToken, Served, open_token
from laotie.stream.beacons.contracts import Behaviour, Click, Dwell, Impression, Search, View
from laotie.stream.beacons.searches import LONGEST, is_of
from laotie.stream.facts import BadFact, Fact, Recorded, encode

LARGEST = 32 * 1024  # bytes of a batch
MOST_EVENTS = 50
OLDEST = timedelta(hours=1)  # an event that waited longer in a page is taken for one that old
LONGEST_DWELL = 3_600_000  # milliseconds
SIMPLE: dict[str, type[Impression | View | Click]] = {"impression": Impression, "view": View, "click": Click}


class Fate(StrEnum):
    """What became of an event; a label of the counter."""

    KEPT = "kept"
    FORGED = "forged"
    EXPIRED = "expired"
    REPEATED = "repeated"
    MALFORMED = "malformed"
    UNSENT = "unsent"  # the bus was away
    LIMITED = "limited"  # too many from one address, or too large


# The fact that an event tells of what its token served, and what tells it from others of its kind on the same token.
# Raises Malformed or BadToken.
Judge = Callable[[Any, Served], tuple[Fact, str]]
_learnt: dict[str, Judge] = {}


def learn(kind: str, judge: Judge) -> None:
    """Take events of `kind` too, judged by `judge`; called at start-up."""
    _learnt[kind] = judge


class Malformed(ValueError):
    """The batch or the event is not what it should be."""


@dataclass(frozen=True, slots=True)
class Beacon:
    """One good event. `key` is the same for a repetition, whoever sends it."""

    key: str
    recorded: Recorded


def events(raw: bytes) -> list[Any]:
    """The events of a batch. Raises Malformed."""
    try:
        batch = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    found = batch.get("events") if isinstance(batch, dict) else None
    if not isinstance(found, list) or len(found) > MOST_EVENTS:
        raise Malformed(f"not a list of at most {MOST_EVENTS} events")
    return found


def judge(event: Any) -> Beacon | Fate:
    """The beacon that `event` proves, or why there is none."""
    try:
        token = _text(event, "token", 200)
        served = open_token(token)
        fact, which = behaviour(event, served)
        age = timedelta(milliseconds=whole(event, "age", 0, int(OLDEST.total_seconds() * 1000)))
        body = encode(fact)
    except ExpiredToken:
        return Fate.EXPIRED
    except BadToken:
        return Fate.FORGED
    except (Malformed, BadFact):
        return Fate.MALFORMED
    now = clock.now()
    key = blake2b(f"{fact.KIND} {token} {which}".rstrip().encode(), digest_size=16).hexdigest()
    return Beacon(key, Recorded(new_id(), fact.KIND, fact.VERSION, now - age, now, body))


def behaviour(event: Any, served: Served) -> tuple[Fact, str]:
    """The fact that `event` tells of what was served, and which of several it is. Raises Malformed or BadToken."""
    kind = _text(event, "kind", 20)
    return _learnt[kind](event, served) if kind in _learnt else (_of_slot(kind, event, served), "")


def _of_slot(kind: str, event: Any, served: Served) -> Behaviour:
    if simple := SIMPLE.get(kind):
        return simple(served.decision, served.item, served.position, served.viewer)
    if kind == "dwell":
        time = whole(event, "milliseconds", 0, LONGEST_DWELL)
        return Dwell(served.decision, served.item, served.position, served.viewer, time)
    if kind == "search":
        words = _text(event, "words", LONGEST)
        if not is_of(served, words):
            raise BadToken("other words")
        return Search(served.decision, served.viewer, words, served.position)
    raise Malformed(f"no behaviour is called {kind!r}")


def _text(event: Any, name: str, longest: int) -> str:
    value = event.get(name) if isinstance(event, dict) else None
    if not isinstance(value, str) or len(value) > longest:
        raise Malformed(name)
    return value


def whole(event: Any, name: str, least: int, most: int) -> int:
    """A whole number of an event, brought between `least` and `most`; 0 where it is not said. Raises Malformed."""
    value = event.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Malformed(name)
    return min(max(value, least), most)
