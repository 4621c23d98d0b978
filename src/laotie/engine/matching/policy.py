"""The policy: every number of the ranking, read from a TOML file and known by the hash of its content."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

ACTIONS = ("enter", "dwell", "follow", "click", "pay", "good", "repurchase", "hide", "report", "refund")
LIFTS = ("following", "shop", "category")
UNWANTED = frozenset({"hide", "report", "refund"})


class BadPolicy(ValueError):
    """A policy that contradicts itself; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Decay:
    """Each further thing of a group counts `step` of the one before, at least `floor` of the first."""

    step: float
    floor: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One slot in `every` is for things with fewer than `newcomer` exposures; each owner has `budget` a day.

    `prior`: alpha and beta of the chance that a newcomer's page is opened.
    """

    every: int
    newcomer: int
    prior: tuple[float, float]
    budget: int


@dataclass(frozen=True, slots=True)
class Policy:
    """`weights`, `prior` in the order of ACTIONS; `lifts` in that of LIFTS, together at most ×`most_lift`."""

    name: str
    version: str
    weights: tuple[float, ...]
    prior: tuple[float, ...]
    strength: float
    lifts: tuple[float, ...]
    most_lift: float
    bounds: tuple[float, float]
    temperature: float
    floor: float
    seller: Decay
    category: Decay
    random: float
    lane: Lane


@cache
def published() -> Policy:
    """The policy in force."""
    return parse((files(__package__) / "f1.toml").read_text("utf-8"))


def parse(text: str) -> Policy:
    """The policy that a TOML text says. Raises BadPolicy."""
    raw = tomllib.loads(text)
    draw, lane = raw["draw"], raw["lane"]
    policy = Policy(
        name=raw["name"],
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        weights=_all_of(raw["weights"], ACTIONS, "weights"),
        prior=_all_of(raw["prior"], ACTIONS, "prior"),
        strength=float(raw["prior"]["strength"]),
        lifts=_all_of(raw["affinity"], LIFTS, "affinity"),
        most_lift=float(raw["affinity"]["most"]),
        bounds=(raw["multiplier"]["bounds"][0], raw["multiplier"]["bounds"][1]),
        temperature=draw["temperature"],
        floor=draw["floor"],
        seller=Decay(*draw["seller"]),
        category=Decay(*draw["category"]),
        random=draw["random"],
        lane=Lane(lane["every"], lane["newcomer"], (lane["prior"][0], lane["prior"][1]), lane["budget"]),
    )
    _check(policy)
    return policy


def _all_of(raw: dict[str, Any], names: tuple[str, ...], table: str) -> tuple[float, ...]:
    missing = [name for name in names if name not in raw]
    if missing:
        raise BadPolicy(f"[{table}] says nothing of {', '.join(missing)}")
    return tuple(float(raw[name]) for name in names)


def _check(policy: Policy) -> None:
    wrong = {
        "draw.temperature": policy.temperature <= 0,
        "draw.floor": policy.floor <= 0,
        "draw.random": not 0 <= policy.random < 1,
        "draw.seller": not 0 < policy.seller.floor <= policy.seller.step <= 1,
        "draw.category": not 0 < policy.category.floor <= policy.category.step <= 1,
        "multiplier.bounds": not 0 < policy.bounds[0] <= 1 <= policy.bounds[1],
        "affinity.most": policy.most_lift < 1,
        "lane.every": policy.lane.every < 1,
        "prior": any(not 0 <= chance <= 1 for chance in policy.prior),
        "prior.strength": policy.strength <= 0,
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise BadPolicy(f"{name} is out of range")
    for name, weight in zip(ACTIONS, policy.weights, strict=True):
        if (weight < 0) != (name in UNWANTED):
            raise BadPolicy(f"weights.{name} has the wrong sign")
