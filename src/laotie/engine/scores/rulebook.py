"""The rulebook: every number of a score, read from a TOML file and known by the hash of its content."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

METRICS = ("quality", "bad_review", "ships_late", "arrives_late", "poor_service", "seller_cancels")
ENTITIES = ("shop", "product")


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


@cache
def published(name: str = "v1") -> Rulebook:
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
        },
    )


def _check(book: Rulebook) -> None:
    if list(book.cohort.windows) != sorted(book.cohort.windows) or book.cohort.windows[0] < 1:
        raise BadRulebook("cohort.windows must be rising days")
    for name, line, sign in (("curve", book.curve, -1), ("map", book.map, 1)):
        if len(line.x) != len(line.y) or any(a >= b for a, b in pairwise(line.x)):
            raise BadRulebook(f"{name} must have as many values as places, places rising")
        if any((b - a) * sign < 0 for a, b in pairwise(line.y)):
            raise BadRulebook(f"{name} must be monotone")
    for entity, dimensions in book.dimensions.items():
        _check_weights(entity, dimensions)


def _check_weights(entity: str, dimensions: tuple[Dimension, ...]) -> None:
    for dimension in dimensions:
        if unknown := [name for name, _ in dimension.metrics if name not in METRICS]:
            raise BadRulebook(f"{entity}.{dimension.name} names an unknown metric: {', '.join(unknown)}")
        if sum(weight for _, weight in dimension.metrics) != dimension.weight:
            raise BadRulebook(f"{entity}.{dimension.name}: the metrics' weights must sum to {dimension.weight}")
    if not 0 < sum(d.weight for d in dimensions) <= 100:
        raise BadRulebook(f"{entity}: the weights must sum to 100 or less")
