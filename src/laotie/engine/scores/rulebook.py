"""The rulebook: every number of a score, read from a TOML file and known by the hash of its content."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from laotie.engine.scores.metrics import METRICS, REGISTRY, Kind

ENTITIES = ("shop", "product", "creator")
NEWEST = "v2"
HALF_LIVES = 6  # in the longest window at most: what weighs less is no use, and its whole numbers would not fit 63 bits
NOT_THE_CREATORS = ("ships_late", "arrives_late", "lost", "poor_service", "seller_cancels", "sold_out")


class BadRulebook(ValueError):
    """A rulebook that contradicts itself; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Which deals count, in days; `enough` matured deals make a score official."""

    windows: tuple[int, ...]
    enough: int
    half_life: int
    after_paid: int
    after_signed: int
    unsigned: int
    carriage: int


@dataclass(frozen=True, slots=True)
class PriorRule:
    """A category has a prior of its own from `entities` entities with `deals` deals or more."""

    entities: int
    deals: int
    strength: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A monotone line through points; `x` rises."""

    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bands:
    leading: float
    good: float
    days: int
    margin: float


@dataclass(frozen=True, slots=True)
class Dimension:
    """A part of a score. `metrics` are (name, weight); their weights sum to the dimension's, all to 100 or less."""

    name: str
    weight: float
    metrics: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class ResourceRule:
    """What a score opens. `settlement`: days by band; `multiplier`: bounds; `spread`: score units; `rho`: deals."""

    plans_from: str
    settlement: dict[str, int]
    multiplier: tuple[float, float]
    spread: float
    rho: int


@dataclass(frozen=True, slots=True)
class Deductions:
    """Judged violations take off the total, straight down to nothing in `days`; `most` is the bound of their sum."""

    days: int
    most: float


@dataclass(frozen=True, slots=True)
class Gate:
    """Closed while even the favourable end of the 90 % interval of `metric` is above `above`."""

    name: str
    kind: str
    metric: str
    above: float
    reason: str
    way_back: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`version` is the first 12 hex digits of the SHA-256 of the file."""

    name: str
    version: str
    effective_from: date
    cohort: Cohort
    prior: PriorRule
    curve: Line
    map: Line
    bands: Bands
    resources: ResourceRule
    dimensions: dict[str, tuple[Dimension, ...]]
    deductions: Deductions = Deductions(90, 0.4)
    gates: tuple[Gate, ...] = ()


@cache
def published(name: str = NEWEST) -> Rulebook:
    """A rulebook that ships with the house. Raises FileNotFoundError."""
    return read((files(__package__) / "rulebooks" / f"{name}.toml").read_bytes())


def read(content: bytes) -> Rulebook:
    """Parse and check a rulebook. Raises BadRulebook, tomllib.TOMLDecodeError."""
    raw = tomllib.loads(content.decode())
    try:
        rulebook = _build(raw, hashlib.sha256(content).hexdigest()[:12])
    except (KeyError, TypeError) as error:
        raise BadRulebook(f"missing or mistyped entry: {error}") from error
    _check(rulebook)
    return rulebook


def _build(raw: dict[str, Any], version: str) -> Rulebook:
    return Rulebook(
        name=raw["name"],
        version=version,
        effective_from=raw["effective_from"],
        cohort=Cohort(**raw["cohort"] | {"windows": tuple(raw["cohort"]["windows"])}),
        prior=PriorRule(**raw["prior"] | {"strength": tuple(raw["prior"]["strength"])}),
        curve=Line(tuple(raw["curve"]["better"]), tuple(raw["curve"]["points"])),
        map=Line(tuple(raw["map"]["points"]), tuple(raw["map"]["score"])),
        bands=Bands(**raw["bands"]),
        resources=ResourceRule(**raw["resources"] | {"multiplier": tuple(raw["resources"]["multiplier"])}),
        dimensions={
            entity: tuple(Dimension(name, d["weight"], tuple(d["metrics"].items())) for name, d in raw[entity].items())
            for entity in ENTITIES
            if entity in raw
        },
        deductions=Deductions(**raw.get("deductions", {"days": 90, "most": 0.4})),
        gates=tuple(Gate(**gate) for gate in raw.get("gates", ())),
    )


def _check(book: Rulebook) -> None:
    if list(book.cohort.windows) != sorted(book.cohort.windows) or book.cohort.windows[0] < 1:
        raise BadRulebook("cohort.windows must be rising days")
    if book.cohort.windows[-1] > HALF_LIVES * book.cohort.half_life:
        raise BadRulebook(f"cohort.half_life must be 1/{HALF_LIVES} of the longest window or more")
    for name, line, sign in (("curve", book.curve, -1), ("map", book.map, 1)):
        if len(line.x) != len(line.y) or any(a >= b for a, b in pairwise(line.x)):
            raise BadRulebook(f"{name} must have as many values as places, places rising")
        if any((b - a) * sign < 0 for a, b in pairwise(line.y)):
            raise BadRulebook(f"{name} must be monotone")
    for entity, dimensions in book.dimensions.items():
        _check_weights(entity, dimensions)
    for gate in book.gates:
        _check_gate(gate, book)
    if charged := {name for d in book.dimensions.get("creator", ()) for name, _ in d.metrics} & set(NOT_THE_CREATORS):
        raise BadRulebook(f"creator: {', '.join(sorted(charged))} is the shop's doing and never a creator's")


def _check_gate(gate: Gate, book: Rulebook) -> None:
    if gate.kind not in book.dimensions or gate.metric not in METRICS or REGISTRY[gate.metric].kind != Kind.RATE:
        raise BadRulebook(f"gate {gate.name!r} must name a kind of score and a rate")
    if not gate.reason.strip() or not gate.way_back.strip():
        raise BadRulebook(f"gate {gate.name!r} must say its reason and the way back")


def _check_weights(entity: str, dimensions: tuple[Dimension, ...]) -> None:
    for dimension in dimensions:
        if unknown := [name for name, _ in dimension.metrics if name not in METRICS]:
            raise BadRulebook(f"{entity}.{dimension.name} names an unknown metric: {', '.join(unknown)}")
        if sum(weight for _, weight in dimension.metrics) != dimension.weight:
            raise BadRulebook(f"{entity}.{dimension.name}: the metrics' weights must sum to {dimension.weight}")
    if not 0 < sum(d.weight for d in dimensions) <= 100:
        raise BadRulebook(f"{entity}: the weights must sum to 100 or less")
