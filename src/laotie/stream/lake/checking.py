"""Whether the lake is what its manifest says: every file there and whole, every fact once, nothing uncounted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from laotie.stream.lake.manifest import File
from laotie.stream.lake.queries import Snapshot

NAMED = 5  # of many missing things so many are named; the count says how many there are


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: of which kind of facts, how many are missing (below 0) or doubled (above), and the sentence."""

    kind: str
    count: int
    sentence: str


def written(lake: Snapshot) -> Counter[str]:
    """Facts ever written, by kind, as the commits counted them."""
    total: Counter[str] = Counter()
    for kinds in lake.state.written.values():
        total.update(kinds)
    return total


def on_disk(lake: Snapshot) -> tuple[Counter[str], list[Finding]]:
    """Facts in the files that are there, by kind; and the files that are not, or not as the manifest says."""
    counts: Counter[str] = Counter()
    findings = []
    for file in lake.state.files.values():
        rows, fault = _rows(lake, file)
        counts[file.kind] += rows
        if fault:
            sentence = f"{file.path} {fault}; {file.rows - rows} facts of {file.day} cannot be read"
            findings.append(Finding(file.kind, rows - file.rows, sentence))
    return counts, findings


def uncounted(lake: Snapshot) -> list[Finding]:
    """Kinds whose files do not add up to what was ever written and has not expired."""
    named = Counter({kind: lake.count(kind) for kind in lake.kinds()}) + Counter(lake.state.expired)
    wrong = {kind: named[kind] - count for kind, count in written(lake).items() if named[kind] != count}
    return [Finding(kind, gap, f"the manifest's files and its commits differ by {gap}") for kind, gap in wrong.items()]


def doubled(lake: Snapshot) -> list[Finding]:
    """Facts that are in the lake more than once."""
    findings = []
    for kind in lake.kinds():
        counts = pc.value_counts(ids(lake, kind))
        twice = [entry["values"] for entry in counts.filter(pc.greater(counts.field("counts"), 1)).to_pylist()]
        if twice:
            findings.append(Finding(kind, len(twice), f"doubled: {some(twice)}"))
    return findings


def ids(lake: Snapshot, kind: str) -> pa.Array:
    """The fact_ids of `kind`, in no order; files that cannot be read are left out."""
    found = [pa.array([], pa.string())]
    for file in lake.state.of(kind):
        if not _rows(lake, file)[1]:
            column = pq.ParquetFile(lake.store.filesystem.open_input_file(file.path)).read(["fact_id"])["fact_id"]
            found.append(column.combine_chunks())
    return pa.concat_arrays(found)


def some(names: Iterable[object]) -> str:
    """The first few of `names` in words, and how many more there are."""
    known = sorted(map(str, names))
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    return ", ".join(known[:NAMED]) + more


def check(lake: Snapshot) -> list[Finding]:
    """Everything that is wrong with the lake in itself."""
    return [*on_disk(lake)[1], *uncounted(lake), *doubled(lake)]


def _rows(lake: Snapshot, file: File) -> tuple[int, str]:
    """(facts that can be read, what is wrong or "")."""
    try:
        rows = pq.ParquetFile(lake.store.filesystem.open_input_file(file.path)).metadata.num_rows
    except FileNotFoundError:
        return 0, "is gone"
    except (OSError, pa.ArrowInvalid) as error:
        return 0, f"is damaged ({error})"
    return (rows, "") if rows == file.rows else (rows, f"holds {rows} facts instead of {file.rows}")
