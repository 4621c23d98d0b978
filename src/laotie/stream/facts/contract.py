"""Declaring a fact: the decorator, the types a field may have, and the registry by kind and version."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, ClassVar, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

ENVELOPE = ("fact_id", "kind", "version", "occurred_at", "recorded_at")
RESERVED = frozenset({*ENVELOPE, "day", "rest"})  # columns that the lake itself needs
SCALARS: tuple[type, ...] = (UUID, str, int, bool, datetime, date)
KIND = re.compile(r"[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)?")


class BadFact(TypeError):
    """A fact class or a fact's body breaks its contract; the message says where."""


class Fact:
    """What every fact derives from; `fact` fills in what it is called."""

    __slots__ = ()
    KIND: ClassVar[str]
    VERSION: ClassVar[int]
    KEPT_DAYS: ClassVar[int | None] = None  # None: for ever


@dataclass(frozen=True, slots=True)
class FieldType:
    """One field's annotation, taken apart: `item` is the scalar, alone or in a list, `optional` allows None."""

    item: type
    is_list: bool
    optional: bool


F = TypeVar("F", bound=Fact)
_registry: dict[tuple[str, int], type[Fact]] = {}
_types: dict[type[Fact], dict[str, FieldType]] = {}


def fact(kind: str, *, version: int = 1, kept_days: int | None = None) -> Callable[[type[F]], type[F]]:
    """Register the frozen dataclass below as `kind` at `version`. A changed meaning or field is a new version.

    `kept_days`: the lake keeps this kind for so many market days; the newest version's word holds for all of them.
    """

    def declare(declared: type[F]) -> type[F]:
        check_class(declared, kind)
        declared.KIND, declared.VERSION, declared.KEPT_DAYS = kind, version, kept_days
        check_versions(declared, kind)
        before = _registry.get((kind, version), declared)
        if before.__qualname__ != declared.__qualname__ or before.__module__ != declared.__module__:
            raise BadFact(f"{kind} version {version} is declared twice: {before.__qualname__}, {declared.__qualname__}")
        _registry[kind, version] = declared
        return declared

    return declare


def check_class(declared: type[Fact], kind: str) -> None:
    """Refuse what the lake or the outbox could not carry, when the module is imported rather than at night."""
    if not KIND.fullmatch(kind) or len(kind) > 60:
        raise BadFact(f"{kind!r} is no fact kind: lower-case words, such as order.placed")
    if not is_dataclass(declared) or not declared.__dataclass_params__.frozen:
        raise BadFact(f"{declared.__qualname__} must be a frozen dataclass (put @fact above @dataclass(frozen=True))")
    taken = RESERVED.intersection(field_types(declared))
    if taken:
        raise BadFact(f"{declared.__qualname__} names a field {', '.join(sorted(taken))}: the envelope has it already")


def check_versions(declared: type[Fact], kind: str) -> None:
    """A column of the lake has one type for ever: a field may come and go between versions, not change its type."""
    for other in versions(kind):
        for name, was in field_types(other).items():
            now = field_types(declared).get(name, was)
            if (was.item, was.is_list) != (now.item, now.is_list):
                raise BadFact(f"{kind}.{name} changes its type between versions: give the new field a new name")


def field_types(declared: type[Fact]) -> dict[str, FieldType]:
    """Each field of a fact class, in order, with its type taken apart."""
    if declared not in _types:
        hints = get_type_hints(declared)
        names = [field.name for field in fields(cast(Any, declared))]
        _types[declared] = {name: _take_apart(declared, name, hints[name]) for name in names}
    return _types[declared]


def latest(kind: str) -> type[Fact] | None:
    """The class of the newest version of `kind`, or None where no slice of this process declares it."""
    return next(iter(versions(kind)), None)


def versions(kind: str) -> list[type[Fact]]:
    """Every declared version of `kind`, newest first. An old version's class stays as long as its facts do."""
    return [_registry[key] for key in sorted(_registry, reverse=True) if key[0] == kind]


def declared(kind: str, version: int) -> type[Fact] | None:
    """The class of exactly this version."""
    return _registry.get((kind, version))


def kept_days() -> dict[str, int]:
    """The kinds that are not kept for ever, and for how many market days they are."""
    newest = {kind: known for (kind, _version), known in registered().items()}
    return {kind: known.KEPT_DAYS for kind, known in newest.items() if known.KEPT_DAYS is not None}


def registered() -> dict[tuple[str, int], type[Fact]]:
    """Every declared fact by (kind, version), sorted."""
    return dict(sorted(_registry.items()))


def _take_apart(owner: type, name: str, annotation: Any) -> FieldType:
    options = [option for option in _options(annotation) if option is not NoneType]
    optional = len(options) < len(_options(annotation))
    inner = options[0] if len(options) == 1 else None
    is_list = get_origin(inner) is list
    item = get_args(inner)[0] if is_list else inner
    if item not in SCALARS:
        raise BadFact(f"{owner.__qualname__}.{name}: {annotation} cannot be in a fact")
    return FieldType(item, is_list, optional)


def _options(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
