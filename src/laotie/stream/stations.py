"""Counting facts at every station of their way, and naming what is missing or doubled.

emitted (outbox, trimmed ones included) → waiting there → in the lake's manifest → in the files on disk
journals (JetStream's sequence)         → waiting there ↗
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from laotie.stream.journals.source import JournalSource, Place, place_of
from laotie.stream.lake import checking
from laotie.stream.lake.checking import Finding, some
from laotie.stream.lake.queries import Snapshot
from laotie.stream.lake.sources import SourceAway
from laotie.stream.outbox.models import Cursor, Trimmed
from laotie.stream.outbox.source import horizon

STATIONS = ("emitted", "waiting", "lake", "disk")
KEPT = "SELECT kind, count(*), count(*) FILTER (WHERE (xid, position) > (%s, %s)) FROM outbox_outboxrow GROUP BY kind"
PASSED = "SELECT fact_id::text FROM outbox_outboxrow WHERE kind = %s AND (xid, position) <= (%s, %s)"


@dataclass
class Report:
    """Facts by kind at each station; `notes` are no faults (a bus that is away), `findings` are."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {station: Counter() for station in STATIONS})
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def kinds(self) -> list[str]:
        return sorted({kind for counter in self.counts.values() for kind in counter})


def verify(lake: Snapshot, journals: Sequence[JournalSource]) -> Report:
    """Count everything. The market may run meanwhile: what is younger than the lake's snapshot counts as waiting."""
    report = Report()
    report.counts["lake"].update({kind: lake.count(kind) for kind in lake.kinds()})
    report.counts["disk"], lost = checking.on_disk(lake)
    report.findings += [*lost, *checking.uncounted(lake), *checking.doubled(lake)]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        count_outbox(lake, report)
        name_stopped_readers(report)
    if not journals:
        report.notes.append("No NATS is configured: beacons were not counted.")
    for journal in journals:
        count_journal(lake, journal, report)
    return report


def count_outbox(lake: Snapshot, report: Report) -> None:
    """Every fact emitted is still waiting, or the lake has it."""
    reached = horizon(lake.state.positions.get("outbox"))
    trimmed = Counter(dict(Trimmed.objects.values_list("kind", "count")))
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [reached.xid, reached.position])
        rows = cursor.fetchall()
        report.counts["emitted"] = trimmed + Counter({kind: count for kind, count, _ in rows})
        report.counts["waiting"].update({kind: waiting for kind, _, waiting in rows if waiting})
        for kind in report.counts["emitted"]:
            cursor.execute(PASSED, [kind, reached.xid, reached.position])
            _compare(lake, kind, (row[0] for row in cursor.fetchall()), "outbox", report)
    written = Counter(lake.state.written.get("outbox", {}))
    for kind in written.keys() | report.counts["emitted"].keys():
        gap = written[kind] + report.counts["waiting"][kind] - report.counts["emitted"][kind]
        if gap:
            sentence = f"the outbox let {report.counts['emitted'][kind]} facts go, the lake took {written[kind]}"
            report.findings.append(Finding(kind, gap, sentence))


def name_stopped_readers(report: Report) -> None:
    for cursor in Cursor.objects.exclude(trouble="").order_by("name"):
        report.findings.append(Finding(cursor.name, 0, f"this subscription has stopped: {cursor.trouble}"))


def count_journal(lake: Snapshot, source: JournalSource, report: Report) -> None:
    """Every message the stream numbered is still waiting, was lost before we read it, or the lake has it."""
    place = place_of(lake.state.positions.get(source.name))
    written = sum(lake.state.written.get(source.name, {}).values())
    if written != place.read:
        sentence = f"the stream gave {place.read} messages, the lake took {written}"
        report.findings.append(Finding(source.name, written - place.read, sentence))
    if place.missing:
        report.findings.append(Finding(source.name, -place.missing, "messages left the stream before they were read"))
    try:
        _compare_stream(lake, source, place, report)
    except SourceAway as error:
        report.notes.append(f"NATS does not answer ({error}): what waits there was not counted.")


def _compare_stream(lake: Snapshot, source: JournalSource, place: Place, report: Report) -> None:
    made, first, last = source.kept()
    passed = place.seq if made == place.made else 0
    report.counts["waiting"][source.name] += max(0, last - max(passed, first - 1))
    kept: dict[str, list[str]] = {}
    at = Place(made, first - 1)
    while at.seq < passed and (batch := source.read(at.json(), passed - at.seq)).facts:
        for fact in batch.facts:
            kept.setdefault(fact.kind, []).append(str(fact.fact_id))
        at = place_of(batch.position)
    for kind, names in kept.items():
        if kind != "beacon.unreadable":  # has no name of its own before the lake gives it one
            _compare(lake, kind, names, "stream", report)


def _compare(lake: Snapshot, kind: str, passed: Iterable[str], station: str, report: Report) -> None:
    absent = set(passed)
    if absent:
        absent.difference_update(checking.ids(lake, kind).to_pylist())
    if absent:
        report.findings.append(Finding(kind, -len(absent), f"in the {station}, not in the lake: {some(absent)}"))
