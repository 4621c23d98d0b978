"""A day's scores as tables to write and to print."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc

from laotie.engine.scores import explaining, scoring
from laotie.engine.scores.deals import Facts
from laotie.engine.scores.points import Scores
from laotie.engine.scores.rulebook import Rulebook


def scored(facts: Facts, day: date, rulebook: Rulebook) -> dict[str, Scores]:
    """The scores of `day` by kind ("product", "shop", "creator"); a kind that the archive has nobody of is left out."""
    return {kind: found for kind, found in scoring.day_of(facts, day, rulebook).items() if len(found.total)}


def figures(scores: Scores, day: date, rulebook: Rulebook) -> pa.Table:
    """One row an entity: what it has and where it stands."""
    size = len(scores.evidence.entity)
    return pa.table(
        {
            "entity": scores.evidence.entity.tolist(),
            "day": [day] * size,
            "score": scores.score,
            "status": scores.status.tolist(),
            "band": scores.band.tolist(),
            "deals": scores.evidence.deals,
            "window": scores.evidence.window,
            "category": scores.evidence.category.tolist(),
            "rulebook": [f"{rulebook.name}-{rulebook.version}"] * size,
        }
    )


def parts(scores: Scores) -> pa.Table:
    """One row an entity and metric; `stars` of an entity sum to its score above 3."""
    rows = [
        {"entity": entity} | {name: getattr(part, name) for name in explaining.Part.__dataclass_fields__}
        for entity in scores.evidence.entity.tolist()
        for part in explaining.parts(scores, entity)
    ]
    return pa.Table.from_pylist(rows)


def write(found: dict[str, Scores], day: date, rulebook: Rulebook, folder: Path) -> list[Path]:
    """shops.csv, shops.parts.csv, products.csv, products.parts.csv in `folder`; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, scores in found.items():
        for name, table in ((f"{kind}s", figures(scores, day, rulebook)), (f"{kind}s.parts", parts(scores))):
            path = folder / f"{name}.csv"
            pc.write_csv(table, path)
            written.append(path)
    return written
