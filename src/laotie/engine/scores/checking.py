"""Every fault of a rulebook file at once, each with its line: for an editor, and for whoever wrote a file by hand."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import pairwise
from re import fullmatch, search
from typing import Any

from laotie.engine.scores import faults as wrong
from laotie.engine.scores import rulebook as books
from laotie.engine.scores.faults import Fault
from laotie.engine.scores.metrics import METRICS
from laotie.engine.scores.places import Place, places

BANDS = ("weak", "good", "leading")
Raw = dict[str, Any]
# entry: least, most; every one a number
BOUNDS: dict[str, tuple[float, float]] = {
    "cohort.enough": (1, 10_000),
    "cohort.half_life": (1, 3650),
    "cohort.after_paid": (0, 365),
    "cohort.after_signed": (0, 365),
    "cohort.unsigned": (0, 365),
    "cohort.carriage": (0, 365),
    "prior.entities": (1, 1_000_000),
    "prior.deals": (1, 1_000_000),
    "bands.leading": (3, 5),
    "bands.good": (3, 5),
    "bands.days": (1, 90),
    "bands.margin": (0, 1),
    "resources.spread": (0.0001, 2),
    "resources.rho": (0, 1_000_000),
    "resources.settlement.leading": (0, 90),
    "resources.settlement.good": (0, 90),
    "resources.settlement.weak": (0, 90),
    "deductions.days": (1, 3650),
    "deductions.most": (0, 1),
}
LISTS: dict[str, tuple[float, float]] = {
    "cohort.windows": (1, 3650),
    "prior.strength": (0.01, 1_000_000),
    "curve.better": (0, 1),
    "curve.points": (0, 1),
    "map.points": (0, 1),
    "map.score": (3, 5),
    "resources.multiplier": (0.01, 100),
}
RISING = ("cohort.windows", "prior.strength", "curve.better", "map.points", "map.score", "resources.multiplier")
SECTIONS: dict[str, Any] = {
    "cohort": books.Cohort, "prior": books.PriorRule, "bands": books.Bands, "resources": books.ResourceRule,
}  # fmt: skip
LINES = {"curve": ("better", "points"), "map": ("points", "score")}


def faults(content: str) -> list[Fault]:
    """What is wrong with a rulebook file, in the order of its lines; nothing where `rulebook.read` takes it."""
    try:
        raw = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        return [_no_toml(str(error))]
    found = list(_judged(raw))
    if not found:
        try:
            books.read(content.encode())
        except (books.BadRulebook, AttributeError, TypeError, ValueError) as error:
            found = [wrong.Unreadable(str(error).partition(" ")[0].strip(":"), data={"what": str(error)})]
    where = places(content)
    placed = [replace(fault, line=_line(where, fault.entry)) for fault in found]
    return sorted(placed, key=lambda fault: fault.line)


def _no_toml(said: str) -> Fault:
    place = search(r"line (\d+)", said)
    return wrong.NoToml("", int(place[1]) if place else 0, {"what": said.partition(" (at ")[0]})


def _line(where: dict[str, Place], entry: str) -> int:
    """The entry's line, or that of the table it should stand in, or of the first table below it."""
    below = [place.line for path, place in where.items() if path.startswith(f"{entry}.")]
    while entry and entry not in where and not below:
        entry = entry.rpartition(".")[0]
    return where[entry].line if entry in where else min(below, default=0)


def _judged(raw: Raw) -> Iterator[Fault]:
    yield from _names(raw)
    yield from _head(raw)
    for entry, bounds in BOUNDS.items():
        yield from _number(entry, at(raw, entry), bounds)
    for entry, bounds in LISTS.items():
        yield from _list(entry, at(raw, entry), bounds)
    yield from _order(raw)
    for kind in books.ENTITIES:
        if isinstance(raw.get(kind), dict):
            yield from _weights(kind, raw[kind])
    for place, gate in enumerate(raw.get("gates", ())):
        yield from _gate(f"gates[{place}]", gate, raw)


def at(raw: Raw, entry: str) -> Any:
    """The value at a dotted path, None where there is none."""
    found: Any = raw
    for key in entry.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _names(raw: Raw) -> Iterator[Fault]:
    """Entries that are missing, and such as nothing reads."""
    needed = {name: tuple(field.name for field in fields(section)) for name, section in SECTIONS.items()} | LINES
    for name, keys in needed.items():
        section = raw.get(name)
        if not isinstance(section, dict):
            yield wrong.Missing(name)
            continue
        yield from (wrong.Missing(f"{name}.{key}") for key in keys if key not in section)
        yield from (wrong.Unknown(f"{name}.{key}") for key in section if key not in keys)
    yield from (wrong.Missing(name) for name in ("name", "effective_from", "shop", "product") if name not in raw)
    known = {*needed, *books.ENTITIES, "name", "effective_from", "deductions", "gates"}
    yield from (wrong.Unknown(name) for name in raw if name not in known)


def _head(raw: Raw) -> Iterator[Fault]:
    if "name" in raw and not (isinstance(raw["name"], str) and fullmatch(r"[a-z0-9.]{1,7}", raw["name"])):
        yield wrong.BadName("name")
    day = raw.get("effective_from")
    if "effective_from" in raw and (not isinstance(day, date) or isinstance(day, datetime)):
        yield wrong.NoDate("effective_from")
    plans = at(raw, "resources.plans_from")
    if plans is not None and plans not in BANDS:
        yield wrong.UnknownBand("resources.plans_from", data={"name": plans})


def _number(entry: str, value: Any, bounds: tuple[float, float]) -> Iterator[Fault]:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield wrong.NoNumber(entry, data={"what": _shown(value)})
    elif not bounds[0] <= value <= bounds[1]:
        yield wrong.OutOfBounds(entry, data={"value": value, "least": bounds[0], "most": bounds[1]})


def _list(entry: str, values: Any, bounds: tuple[float, float]) -> Iterator[Fault]:
    if values is None:
        return
    if not isinstance(values, list) or not values:
        yield wrong.NoNumber(entry, data={"what": _shown(values)})
        return
    found = [fault for value in values for fault in _number(entry, value, bounds)]
    yield from found[:1]
    if not found and entry in RISING and any(a >= b for a, b in pairwise(values)):
        yield wrong.NotRising(entry)
    if not found and entry == "curve.points" and any(a < b for a, b in pairwise(values)):
        yield wrong.NotFalling(entry)


def _order(raw: Raw) -> Iterator[Fault]:
    """What must agree with its neighbour: the two lists of a line, the bands, the days of settlement."""
    for name, (x, y) in LINES.items():
        first, second = at(raw, f"{name}.{x}"), at(raw, f"{name}.{y}")
        if isinstance(first, list) and isinstance(second, list) and len(first) != len(second):
            data = {"count": len(second), "other": len(first), "beside": f"{name}.{x}"}
            yield wrong.Uneven(f"{name}.{y}", data=data)
    yield from _forgetting(at(raw, "cohort.windows"), at(raw, "cohort.half_life"))
    if _numbers(line := [at(raw, "bands.good"), at(raw, "bands.leading")]) and line[0] >= line[1]:
        yield wrong.BandsCrossed("bands.leading", data={"good": line[0], "leading": line[1]})
    if _numbers(days := [at(raw, f"resources.settlement.{band}") for band in BANDS]) and sorted(days)[::-1] != days:
        yield wrong.SlowerWhenBetter("resources.settlement")


def _forgetting(windows: Any, half_life: Any) -> Iterator[Fault]:
    known = isinstance(windows, list) and windows and _numbers([*windows, half_life])
    if known and windows[-1] > books.HALF_LIVES * half_life > 0:
        data = {"days": windows[-1], "least": -(-windows[-1] // books.HALF_LIVES)}
        yield wrong.ForgetsTooFast("cohort.half_life", data=data)


def _numbers(values: Sequence[Any]) -> bool:
    return all(isinstance(value, int | float) for value in values)


def _weights(kind: str, dimensions: Raw) -> Iterator[Fault]:
    total = 0.0
    for name, dimension in dimensions.items():
        entry = f"{kind}.{name}"
        if not isinstance(dimension, dict) or not isinstance(dimension.get("metrics"), dict):
            yield wrong.Missing(f"{entry}.metrics")
            continue
        weight, metrics = dimension.get("weight"), dimension["metrics"]
        yield from _unknown_metrics(entry, metrics)
        bad = [*_number(f"{entry}.weight", weight, (0, 100)), *_each(f"{entry}.metrics", metrics)]
        yield from [wrong.Missing(f"{entry}.weight")] if weight is None else bad
        if weight is None or bad:
            continue
        total += weight
        if (summed := sum(metrics.values())) != weight:
            data = {"total": _neat(summed), "weight": _neat(weight), "apart": _neat(abs(weight - summed))}
            yield wrong.WeightsDoNotSum(f"{entry}.metrics", data=data)
    if total > 100:
        yield wrong.WeightsOver(kind, data={"total": _neat(total), "apart": _neat(total - 100)})


def _unknown_metrics(entry: str, metrics: Iterable[str]) -> Iterator[Fault]:
    for metric in metrics:
        if metric not in METRICS:
            data = {"name": metric, "known": ", ".join(METRICS)}
            yield wrong.UnknownMetric(f"{entry}.metrics.{metric}", data=data)


def _each(entry: str, metrics: Raw) -> list[Fault]:
    return [fault for name, weight in metrics.items() for fault in _number(f"{entry}.{name}", weight, (0, 100))]


def _gate(entry: str, gate: Any, raw: Raw) -> Iterator[Fault]:
    for name in ("reason", "way_back"):
        if not str(gate.get(name, "")).strip():
            yield wrong.GateWithout(f"{entry}.{name}")
    kinds = [kind for kind in books.ENTITIES if kind in raw]
    if gate.get("kind") not in kinds:
        yield wrong.UnknownKind(f"{entry}.kind", data={"name": gate.get("kind", ""), "known": ", ".join(kinds)})
    yield from _unknown_metrics(entry, [gate.get("metric", "")])
    if "above" not in gate:
        yield wrong.Missing(f"{entry}.above")
    yield from _number(f"{entry}.above", gate.get("above"), (0, 1))


def _neat(number: float) -> str:
    return f"{number:g}"


def _shown(value: Any) -> str:
    return f"“{value}”" if isinstance(value, str) else str(value)[:40]
