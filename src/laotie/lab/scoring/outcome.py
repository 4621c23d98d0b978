"""All that `laotie score` leaves in a folder: tables, the report, the rejects, a summary."""

from collections import Counter
from pathlib import Path
from typing import Any

from laotie.lab.scoring import opening, tables, writing
from laotie.lab.scoring.day import Day
from laotie.lab.scoring.report.page import Basis, page
from laotie.lab.scoring.wording import words
from laotie.stream.archive.checking import Archive
from laotie.stream.archive.writing import write_rejects

REPORT = "report.html"


def write(found: Day, archive: Archive, folder: Path, language: str) -> list[str]:
    """shops, shops.parts (products, creators) as Parquet and CSV, report.html, rejects.csv, scores.json; their names.

    Raises NotOurs.
    """
    with writing.whole(folder) as scratch:
        for kind, scores in found.scores.items():
            writing.write_table(scratch, f"{kind}s", tables.figures(scores, found.day, found.rulebook))
            writing.write_table(scratch, f"{kind}s.parts", tables.parts(scores))
        write_rejects(scratch / "rejects.csv", archive.rejects)
        (scratch / REPORT).write_text(page(found, basis(archive), words(language)), encoding="utf-8")
        writing.write_mark(scratch, summary(found, archive))
    return sorted(path.name for path in folder.iterdir())


def basis(archive: Archive) -> Basis:
    """What the report says of the history."""
    reasons = archive.tables["refunds"].num_rows > 0
    return Basis(archive.sheet.name, archive.rejects.num_rows, opening.lines_left_out(archive), reasons)


def summary(found: Day, archive: Archive) -> dict[str, Any]:
    """The figures of the day by kind, as JSON."""
    kinds = {
        kind: {
            "entities": len(scores.total),
            "status": dict(Counter(scores.status.tolist())),
            "official_bands": dict(Counter(scores.band[scores.status == "official"].tolist())),
            "absent": list(scores.absent),
        }
        for kind, scores in found.scores.items()
    }
    return {
        "market": archive.sheet.name,
        "day": found.day,
        "since": found.earlier.day if found.earlier else None,
        "rulebook": f"{found.rulebook.name}-{found.rulebook.version}",
        "kinds": kinds,
        "rejects": archive.rejects.num_rows,
    }
