"""How long from `make run` on a fresh clone to the first page of a seeded market?

`python -m benchmarks.cold_start` clones this repository, makes its environment once so that everything is downloaded
(uv's and npm's caches then hold it), removes what that made, and measures `make run` from nothing: environment,
assets, database, demo market, web. A network's speed is not ours to measure; the rest is.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from laotie.runtime.processes import orphans, ports

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600.0
OURS = ("LAOTIE_", "DATABASE_URL", "NATS_URL", "DJANGO_", "VIRTUAL_ENV", "PYTHONPATH", "MAKE", "MFLAGS")


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="laotie-cold-"))
    folder.chmod(0o755)
    try:
        clone = folder / "laotie"
        run("git", "clone", "--quiet", str(ROOT), str(clone), cwd=folder)
        warm_downloads(clone)
        seconds = measure(clone)
    finally:
        remove(folder)
    print(f"make run to the first page, downloads warm: {seconds:.1f} s")
    print(json.dumps({"seconds_to_first_page": round(seconds, 1)}))


def warm_downloads(clone: Path) -> None:
    """Fetch all that will be needed into the caches of uv and npm, then leave the clone as it came."""
    python = str(clone / ".venv" / "bin" / "python")
    run("make", ".venv/.market", cwd=clone)
    run(python, "-m", "laotie.kit.assets", str(clone / "npm"), str(clone / "assets"), "--drawings", cwd=clone)
    run("git", "clean", "-ffdxq", cwd=clone)


def measure(clone: Path) -> float:
    """Seconds from `make run` to the first 200 of `/`; the market is stopped again."""
    port = ports.first_free(18800)
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"RUN=--demo --port {port}"],
        cwd=clone,
        env=surroundings(),
        stdout=sys.stderr,
        start_new_session=True,
    )
    try:
        while not is_open(port):
            if process.poll() is not None:
                sys.exit(f"`make run` ended with {process.returncode} before its first page")
            if time.monotonic() - began > PATIENCE:
                sys.exit(f"no page within {PATIENCE:.0f} s")
            time.sleep(0.05)
        return time.monotonic() - began
    finally:
        stop(clone, process)


def stop(clone: Path, make: "subprocess.Popen[bytes]") -> None:
    """SIGTERM to the supervisor that this run started, by its own note of its pid."""
    note = clone / "var" / "run" / "up.json"
    if note.exists():
        os.kill(json.loads(note.read_text())["pid"], 15)
    elif make.poll() is None:
        make.terminate()
    make.wait(60)
    orphans.end(orphans.left_behind(clone / "var"))


def is_open(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def surroundings() -> dict[str, str]:
    """This terminal's environment without what belongs to this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def run(*command: str, cwd: Path) -> None:
    subprocess.run(command, check=True, cwd=cwd, env=surroundings(), stdout=sys.stderr)


def remove(folder: Path) -> None:
    """The clone, and what PostgreSQL may have had to keep outside of it."""
    pg = folder / "laotie" / "var" / "pg"
    if pg.is_symlink():
        shutil.rmtree(pg.resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
