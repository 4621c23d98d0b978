"""What was found onto the disk: whole or not at all. A folder that something else lies in is never written over."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from laotie.kit.errors import Conflict

MARK = "scores.json"


class NotOurs(Conflict):
    code = "scoring.not_ours"
    sentence = "{path} holds other things: name a folder that is empty, new, or made by laotie score."


def check_free(folder: Path) -> None:
    """Raise NotOurs where `folder` may not be replaced."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file()):
        raise NotOurs(path=folder)


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A scratch folder that becomes `folder` when all went well; what stood there before stands until then.

    Raises NotOurs.
    """
    check_free(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        scratch.chmod(0o755)
        yield scratch
        old = scratch.with_name(f"{scratch.name}-old")
        if folder.exists():
            folder.rename(old)
        scratch.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def write_table(folder: Path, name: str, table: pa.Table) -> None:
    """As Parquet and as CSV."""
    pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    pc.write_csv(table, folder / f"{name}.csv")


def write_mark(folder: Path, summary: dict[str, Any]) -> None:
    """The summary that also says whose folder this is."""
    text = json.dumps(summary, ensure_ascii=False, indent=1, default=str)
    (folder / MARK).write_text(f"{text}\n", encoding="utf-8")
