"""A rulebook as people read it: its entries in groups, with what each is called and counted in."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laotie.engine.scores.checking import BANDS as BAND_ORDER
from laotie.engine.scores.faults import Fault
from laotie.trust.rulebook import names
from laotie.trust.rulebook.contracts import Change
from laotie.trust.rulebook.queries import entries

SECTIONS: dict[str, Promise] = {
    "bands": gettext_lazy("Bands"),
    "resources": gettext_lazy("What a score opens"),
    "cohort": gettext_lazy("Which deals count"),
    "deductions": gettext_lazy("Judged violations"),
    "map": gettext_lazy("From points to the score"),
    "curve": gettext_lazy("From a rate to points"),
    "prior": gettext_lazy("What is known before the first deal"),
}
DAYS = gettext_lazy("days")
DEALS = gettext_lazy("deals")
LABELS: dict[str, tuple[Promise, Promise | str]] = {
    "cohort.windows": (gettext_lazy("Windows: the first that holds enough deals is used"), DAYS),
    "cohort.enough": (gettext_lazy("Matured deals that make a score official"), DEALS),
    "cohort.half_life": (gettext_lazy("After so long a deal weighs half"), DAYS),
    "cohort.after_paid": (gettext_lazy("A deal matures after payment in"), DAYS),
    "cohort.after_signed": (gettext_lazy("… and after signing in, whichever is later"), DAYS),
    "cohort.unsigned": (gettext_lazy("Unsigned it matures as late, after the promised arrival in"), DAYS),
    "cohort.carriage": (gettext_lazy("Carriage, where no arrival was promised"), DAYS),
    "prior.entities": (gettext_lazy("Shops or products that give a category a prior of its own"), ""),
    "prior.deals": (gettext_lazy("… with at least so many deals each"), DEALS),
    "prior.strength": (gettext_lazy("Strength of the prior, least and most"), DEALS),
    "curve.better": (gettext_lazy("Share of the category that is better"), ""),
    "curve.points": (gettext_lazy("… earns so many points"), ""),
    "map.points": (gettext_lazy("Points, weighted and summed"), ""),
    "map.score": (gettext_lazy("… make this score"), ""),
    "bands.leading": (gettext_lazy("Leading from"), ""),
    "bands.good": (gettext_lazy("Good from"), ""),
    "bands.days": (gettext_lazy("A band changes after so long beyond the line"), DAYS),
    "bands.margin": (gettext_lazy("… by at least"), ""),
    "resources.plans_from": (gettext_lazy("New commission plans from band"), ""),
    "resources.settlement.leading": (gettext_lazy("Settlement after signing, leading"), DAYS),
    "resources.settlement.good": (gettext_lazy("Settlement after signing, good"), DAYS),
    "resources.settlement.weak": (gettext_lazy("Settlement after signing, weak"), DAYS),
    "resources.multiplier": (gettext_lazy("Exposures are multiplied by at least and at most"), "×"),
    "resources.spread": (gettext_lazy("Least distance from the middle to the best tenth"), ""),
    "resources.rho": (gettext_lazy("Deals at which half of the deviation counts"), DEALS),
    "deductions.days": (gettext_lazy("A deduction decays to nothing in"), DAYS),
    "deductions.most": (gettext_lazy("All deductions together take at most, in points"), ""),
}
GATE: dict[str, Promise] = {
    "name": gettext_lazy("Gate"),
    "kind": gettext_lazy("Score"),
    "metric": gettext_lazy("Measure"),
    "above": gettext_lazy("Closed above"),
    "reason": gettext_lazy("Reason"),
    "way_back": gettext_lazy("Way back"),
}
WEIGHTS = gettext_lazy("Weights")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a rulebook. `text` as the file has it; `numeric`: a number or a list of numbers."""

    path: str
    label: str
    unit: str
    text: str
    numeric: bool

    @property
    def field(self) -> str:
        return self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A dimension of a kind of score with its metrics and their weights."""

    path: str
    label: str
    weight: float
    metrics: tuple[Entry, ...]

    @property
    def field(self) -> str:
        return f"{self.path}.weight".replace(".", "-")


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    title: str
    dimensions: tuple[Weighed, ...]


def parsed(content: str) -> dict[str, Any]:
    """The file as a dictionary, an empty one where it is no TOML."""
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        return {}


def groups(raw: dict[str, Any]) -> list[Group]:
    """The entries outside weights and gates, by section, those that people change most first."""
    found = {name: [_entry(*pair) for pair in entries({name: raw[name]}) ] for name in SECTIONS
             if isinstance(raw.get(name), dict)}  # fmt: skip
    return [Group(name, str(SECTIONS[name]), tuple(each)) for name, each in found.items()]


def kinds(raw: dict[str, Any]) -> list[Kind]:
    """The weights of each kind of score that the file has."""
    return [
        Kind(name, str(title), tuple(_weighed(f"{name}.{key}", key, each) for key, each in _tables(raw[name])))
        for name, title in names.KINDS.items()
        if isinstance(raw.get(name), dict)
    ]


def _tables(dimensions: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((key, each) for key, each in dimensions.items() if isinstance(each, dict))


def _weighed(path: str, key: str, dimension: dict[str, Any]) -> Weighed:
    metrics = dimension.get("metrics") if isinstance(dimension.get("metrics"), dict) else {}
    weight = dimension.get("weight", 0)
    return Weighed(
        path,
        str(names.DIMENSIONS.get(key, key)),
        weight if isinstance(weight, int | float) else 0,
        tuple(_metric(f"{path}.metrics.{name}", name, value) for name, value in (metrics or {}).items()),
    )


def _metric(path: str, name: str, value: Any) -> Entry:
    return Entry(path, str(names.METRICS.get(name, name)), "", shown(value), _is_number(value))


def _entry(path: str, value: Any) -> Entry:
    label, unit = LABELS.get(path, ("", ""))
    numeric = isinstance(value, int | float) or (isinstance(value, list) and all(map(_is_number, value)))
    return Entry(path, str(label) or entry_name(path), str(unit), shown(value), numeric and not isinstance(value, bool))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def entry_name(path: str) -> str:
    """What an entry is called; of weights "Shop experience · Goods · …"."""
    if path in LABELS:
        return str(LABELS[path][0])
    head, *rest = path.split(".")
    if head.startswith("gates[") and rest:
        return f"{_('Gate')} {int(head[6:-1]) + 1} · {GATE.get(rest[0], rest[0])}"
    if head in names.KINDS and len(rest) >= 2:
        last = _("Weight") if rest[-1] == "weight" else names.METRICS.get(rest[-1], rest[-1])
        return f"{names.KINDS[head]} · {names.DIMENSIONS.get(rest[0], rest[0])} · {last}"
    return path


def shown(value: Any) -> str:
    """A value as a person reads it, and as a form sends it back."""
    if isinstance(value, list):
        return ", ".join(shown(each) for each in value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value in BAND_ORDER:
        return str(names.BANDS[value])
    return "" if value is None else str(value)


def literal(text: str, numeric_list: bool) -> str:
    """What a form sent as TOML; what is no number stays as it is, for `faults` to name."""
    text = text.strip().replace("，", ",")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    written = ", ".join(part if _reads_as_number(part) else f'"{part[:40]}"'.replace("\\", "") for part in parts)
    return f"[{written}]" if numeric_list else written or '""'


def _reads_as_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return not text.lower().lstrip("+-").startswith(("nan", "inf", "."))


@dataclass(frozen=True, slots=True)
class Difference:
    """A change as a table shows it. `by`: the difference of two numbers, or ""."""

    name: str
    before: str
    after: str
    by: str


def differences(changes: list[Change]) -> list[Difference]:
    return [
        Difference(entry_name(each.entry), shown(each.before), shown(each.after), _by(each.before, each.after))
        for each in changes
    ]


def _by(before: Any, after: Any) -> str:
    return f"{after - before:+g}" if _is_number(before) and _is_number(after) else ""


@dataclass(frozen=True, slots=True)
class Said:
    """A fault in the reader's language."""

    line: int
    entry: str
    sentence: str


def said(fault: Fault) -> Said:
    return Said(fault.line, fault.entry, _(fault.sentence).format(**fault.data))


@dataclass(frozen=True, slots=True)
class GateRow:
    name: str
    kind: str
    metric: str
    above: float
    reason: str
    way_back: str


def gates(raw: dict[str, Any]) -> list[GateRow]:
    """The gates as people read them."""
    return [
        GateRow(
            str(gate.get("name", "")),
            str(names.KINDS.get(gate.get("kind", ""), gate.get("kind", ""))),
            str(names.METRICS.get(gate.get("metric", ""), gate.get("metric", ""))),
            100 * gate["above"] if _is_number(gate.get("above")) else 0.0,
            str(gate.get("reason", "")),
            str(gate.get("way_back", "")),
        )
        for gate in raw.get("gates", ())
        if isinstance(gate, dict)
    ]
