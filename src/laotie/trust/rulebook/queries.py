"""Reading rulebooks: which holds on a day, which ever held, what differs."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from laotie.engine.scores import rulebook as engine
from laotie.engine.scores.rulebook import Rulebook
from laotie.kit import clock, market
from laotie.trust.rulebook import names, shipped
from laotie.trust.rulebook.contracts import Change, Draft, Version
from laotie.trust.rulebook.errors import NoSuchVersion
from laotie.trust.rulebook.models import DraftRow, VersionRow

read = lru_cache(maxsize=64)(engine.read)  # by content, so it never goes stale


def effective(day: date) -> Rulebook:
    """The rulebook that the scores of `day` are computed by."""
    return read(in_force(day).content.encode())


def in_force(day: date) -> Version:
    """The newest version that counts on `day`. Before the first one's day the first counts: history has no other."""
    standing = VersionRow.objects.filter(withdrawn_at=None)
    row = standing.filter(effective_from__lte=day).order_by("-effective_from").first()
    row = row or standing.order_by("effective_from").first()
    return view(row) if row else shipped.version()


def today() -> date:
    """The market's day."""
    return market.current().day(clock.now())


def coming() -> list[Version]:
    """Published versions that do not count yet, the next one first."""
    rows = VersionRow.objects.filter(withdrawn_at=None, effective_from__gt=today())
    return [view(row) for row in rows.order_by("effective_from")]


def version(key: str) -> Version:
    """A version by its hash or its name, withdrawn ones too. Raises NoSuchVersion."""
    row = VersionRow.objects.filter(pk=key).first() or VersionRow.objects.filter(name=key).first()
    found = view(row) if row else shipped.find(key)
    if found is None:
        raise NoSuchVersion
    return found


def rulebook(key: str) -> Rulebook:
    """The same as the engine reads it: what a run that names `key` was computed by. Raises NoSuchVersion."""
    return read(version(key).content.encode())


def versions() -> list[Version]:
    """Every version, that which counts last first."""
    rows = VersionRow.objects.order_by("-effective_from", "-published_at")
    return [view(row) for row in rows] or [shipped.version()]


def draft() -> Draft:
    """The draft; where nobody writes one, the rulebook in force."""
    row = DraftRow.objects.first()
    if row is None:
        now = in_force(today())
        return Draft(now.content, now.version, None, None)
    return Draft(row.content, row.base, row.changed_at, row.changed_by_id)


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The entries that differ, in the order of `after`, those that went at the end. Head entries are left out."""
    old, new = dict(entries(before)), dict(entries(after))
    found = [Change(entry, old.get(entry), value) for entry, value in new.items() if old.get(entry) != value]
    return found + [Change(entry, value, None) for entry, value in old.items() if entry not in new]


def entries(raw: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every entry of a parsed rulebook by its dotted path, tables and gates taken apart."""
    for name, value in raw.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, dict):
            yield from entries(value, path)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for place, item in enumerate(value):
                yield from entries(item, f"{path}[{place}]")
        elif above:
            yield path, value


def kind_name(kind: str) -> str:
    """What a kind of score is called, in the reader's language."""
    return str(names.KINDS.get(kind, kind))


def metric_name(metric: str) -> str:
    """What a metric is called."""
    return str(names.METRICS.get(metric, metric))


def dimension_name(dimension: str) -> str:
    """What a dimension is called."""
    return str(names.DIMENSIONS.get(dimension, dimension))


def band_name(band: str) -> str:
    """What a band is called."""
    return str(names.BANDS.get(band, band))


def view(row: VersionRow) -> Version:
    """The contract of a row."""
    return Version(
        row.version, row.name, row.content, row.effective_from, row.note, row.published_at, row.published_by_id,
        row.withdrawn_at,
    )  # fmt: skip
