"""Bringing an archive into this market.

Batch by batch, each with its rows, its facts and a checkpoint in one transaction: killed at any moment, a load is
resumed where it stopped, and a load of what is there changes nothing. Ids come from the archive's keys, so even an
archive that was made anew, or grew, brings in only what is new.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Protocol

import pyarrow as pa
from django.db import connection, transaction

from laotie.kit import clock, market
from laotie.kit.money import exponent
from laotie.lab.history.contracts import Count, Report
from laotie.lab.history.errors import OtherMoney
from laotie.lab.history.loading import Loading, Part
from laotie.lab.history.models import Batch
from laotie.stream.archive.checking import Archive

__all__ = ["is_in", "load", "once"]

BESIDE = "beside"  # stands for the digest where there is no archive
LOCK = "select pg_advisory_xact_lock(hashtextextended('lab.history', 0))"


class Progress(Protocol):
    """Told how many batches there are and each time one is in."""

    def begin(self, batches: int) -> None: ...
    def advance(self, words: str) -> None: ...


class Silence:
    """A progress that nobody watches."""

    def begin(self, batches: int) -> None: ...
    def advance(self, words: str) -> None: ...


def load(archive: Archive, progress: Progress | None = None) -> Report:
    """Bring every row that stands into the market and its facts into the outbox. Raises OtherMoney.

    Amounts are taken at face value where the archive is in another currency than the market.
    """
    check_money(archive)
    progress = progress or Silence()
    loading, digest, loaded = Loading(archive), fingerprint(archive), Counter[str]()
    progress.begin(len(loading))
    for name, part in loading.parts():
        loaded.update(_once(archive.sheet.source, digest, name, part))
        progress.advance(name)
    return Report(tuple(_counts(archive, loaded)), tuple(loading.sums()))


def once(source: str, part: str, work: Callable[[], None]) -> None:
    """Do `work` unless it was done, in one transaction with its checkpoint: what a history needs beside its rows."""

    def counted() -> dict[str, int]:
        work()
        return {}

    _once(source, BESIDE, part, counted)


def is_in(source: str, part: str) -> bool:
    """Whether `once` has done this part."""
    return Batch.objects.filter(source=source, digest=BESIDE, part=part).exists()


def check_money(archive: Archive) -> None:
    """Raises OtherMoney where the minor units of archive and market are not the same."""
    here, there = market.current().currency, archive.sheet.currency
    if exponent(here) != exponent(there):
        raise OtherMoney(archive=there, market=here)


def fingerprint(archive: Archive) -> str:
    """SHA-256 over what stands in the archive."""
    digest = hashlib.sha256(repr(archive.sheet).encode())
    for name, table in archive.tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table.combine_chunks())
        digest.update(name.encode())
        digest.update(sink.getvalue())
    return digest.hexdigest()


def _once(source: str, digest: str, name: str, part: Part) -> dict[str, int]:
    """Run a part unless it is in, in one transaction with its checkpoint; returns the rows that were new."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK)  # two loads at once would both see a row missing
        if Batch.objects.filter(source=source, digest=digest, part=name).exists():
            return {}
        loaded = part()
        Batch.objects.create(source=source, digest=digest, part=name, loaded=loaded, done_at=clock.now())
        return loaded


def _counts(archive: Archive, loaded: Counter[str]) -> Iterator[Count]:
    for name, table in archive.tables.items():
        new = loaded[name]
        yield Count(name, archive.read[name], archive.rejected(name), new, int(table.num_rows) - new)
