"""What an archive's check found, on a terminal."""

from collections import Counter

from rich.console import Console
from rich.table import Table as Grid

from laotie.stream.archive.checking import Archive

SHOWN = 20  # kinds of reasons on the screen; all of them are in the report


def show(console: Console, archive: Archive) -> None:
    """Counts by table, then the reasons by how often they were given, each with its first place."""
    counts = Grid("table", "read", "rejected", "stand", box=None, pad_edge=False)
    for name, table in archive.tables.items():
        if archive.read[name]:
            counts.add_row(name, f"{archive.read[name]:,}", f"{archive.rejected(name):,}", f"{table.num_rows:,}")
    console.print(counts)
    reasons = Counter(
        (row["table"], row["column"] or "", row["reason"].split(", on line ")[0]) for row in archive.rejects.to_pylist()
    )
    if reasons:
        why = Grid("rejected", "column", "reason", "rows", box=None, pad_edge=False)
        for (name, column, reason), rows in reasons.most_common(SHOWN):
            why.add_row(name, column, reason, f"{rows:,}")
        console.print("", why)
    if len(reasons) > SHOWN:
        console.print(f"… and {len(reasons) - SHOWN} more kinds of reasons")
    for note in archive.notes:
        console.print(f"[dim]{note}[/dim]")
