"""What the lake holds, as a chain of numbered manifests.

Each commit writes `manifest/<number>.json`: the files it added and removed, and the position each source reached. Every
`CHECKPOINT_EVERY` commits the whole state is written beside it (`<number>.whole.json`), so that a reader opens one
whole state and a few changes however old the lake is. What no manifest names does not exist.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from laotie.stream.lake.store import LakeError, Store

FOLDER = "manifest"
FORMAT = 1
CHECKPOINT_EVERY = 50
Position = Any  # JSON; only its source knows what it means
Counts = dict[str, dict[str, int]]  # source → kind → facts


class BrokenLake(LakeError):
    """The manifests do not fit together; `laotie lake verify` says more."""


@dataclass(frozen=True, slots=True)
class File:
    """One Parquet file: all facts of one kind and one market day, in order of (occurred_at, fact_id)."""

    path: str
    kind: str
    day: str  # ISO 8601
    rows: int
    size: int  # bytes

    @property
    def date(self) -> date:
        return date.fromisoformat(self.day)


@dataclass(frozen=True, slots=True)
class Change:
    """One commit. `buried` are removed files that are gone from the disk as well; `expired` counts by kind the facts
    of removed files that no added file has."""

    why: str
    at: str
    added: tuple[File, ...] = ()
    removed: tuple[str, ...] = ()
    buried: tuple[str, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=dict)
    written: Counts = field(default_factory=dict)
    zone: str = ""
    expired: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """The lake after commit `number`. `graves` are removed files and when, kept for readers who still have them open;
    `written` counts what each source ever brought, so that a lost file is noticed."""

    number: int = 0
    zone: str = ""
    files: Mapping[str, File] = field(default_factory=dict)
    graves: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
    written: Counts = field(default_factory=dict)
    expired: Mapping[str, int] = field(default_factory=dict)

    def after(self, change: Change) -> "State":
        removed, buried = set(change.removed), set(change.buried)
        kept = {path: file for path, file in self.files.items() if path not in removed}
        graves = {path: at for path, at in self.graves.items() if path not in buried}
        return State(
            number=self.number + 1,
            zone=self.zone or change.zone,
            files=kept | {file.path: file for file in change.added},
            graves=graves | dict.fromkeys(change.removed, change.at),
            positions={**self.positions, **change.positions},
            written=added_up(self.written, change.written),
            expired=Counter(self.expired) + Counter(change.expired),
        )

    def of(self, kind: str, days: Iterable[date] | None = None) -> list[File]:
        """The files of `kind`, of `days` or of all, in order of day and path."""
        wanted = None if days is None else {day.isoformat() for day in days}
        found = [f for f in self.files.values() if f.kind == kind and (wanted is None or f.day in wanted)]
        return sorted(found, key=lambda file: (file.day, file.path))

    def kinds(self) -> list[str]:
        return sorted({file.kind for file in self.files.values()})


def added_up(old: Counts, new: Counts) -> Counts:
    total = {source: dict(kinds) for source, kinds in old.items()}
    for source, kinds in new.items():
        for kind, count in kinds.items():
            total.setdefault(source, {})[kind] = total.get(source, {}).get(kind, 0) + count
    return total


def publish(store: Store, state: State, change: Change) -> State:
    """Commit: when the numbered manifest stands, all of `change` is true; before, none of it. Raises Taken."""
    after = state.after(change)
    store.create(name(after.number), _json({"format": FORMAT, **asdict(change)}))
    if after.number % CHECKPOINT_EVERY == 0:
        whole = {"format": FORMAT, **_shallow(after), "files": [_shallow(file) for file in after.files.values()]}
        store.create(name(after.number, whole=True), _json(whole))
    return after


def load(store: Store) -> State:
    """The newest state; an empty one (number 0) where there is no lake yet. Raises BrokenLake."""
    for _ in range(10):
        try:
            return _load(store)
        except FileNotFoundError:  # the sweep took a manifest between our listing and our reading: list again
            continue
    raise BrokenLake("the manifests change faster than they can be read")


def name(number: int, whole: bool = False) -> str:
    return f"{FOLDER}/{number:010d}{'.whole' if whole else ''}.json"


def numbers(store: Store) -> tuple[list[int], list[int]]:
    """The numbers of the manifests that stand: (changes, whole states), sorted."""
    names = [path.removeprefix(f"{FOLDER}/") for path in store.list(FOLDER)]
    standing = [n for n in names if n[:1].isdigit()]
    whole = [int(n.split(".")[0]) for n in standing if n.endswith(".whole.json")]
    return sorted({int(n.split(".")[0]) for n in standing if not n.endswith(".whole.json")}), sorted(whole)


def _load(store: Store) -> State:
    changes, wholes = numbers(store)
    state = _whole(store, wholes[-1]) if wholes else State()
    for number in [number for number in changes if number > state.number]:
        if number != state.number + 1:
            raise BrokenLake(f"manifest {state.number + 1} is missing, {number} is there")
        state = state.after(_change(store, number))
    return state


def _whole(store: Store, number: int) -> State:
    raw = _parsed(store, name(number, whole=True))
    files = {file["path"]: File(**file) for file in raw.pop("files")}
    return replace(State(**{key: value for key, value in raw.items() if key != "format"}), files=files)


def _change(store: Store, number: int) -> Change:
    raw = _parsed(store, name(number))
    raw["added"] = [File(**file) for file in raw["added"]]
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    values.pop("format")
    return Change(**values)


def _parsed(store: Store, path: str) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = json.loads(store.read(path))
    except ValueError as error:
        raise BrokenLake(f"{path} cannot be read: {error}") from error
    if raw.get("format") != FORMAT:
        raise BrokenLake(f"{path} has format {raw.get('format')}; this version of Laotie knows {FORMAT}")
    return raw


def _shallow(record: Any) -> dict[str, Any]:
    """A dataclass's fields as they are: `asdict` would copy all that is in them, of thousands of files."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def moment_of(at: str) -> datetime:
    return datetime.fromisoformat(at)
