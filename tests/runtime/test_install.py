"""`pip install .` into an environment of its own: the engine and the offline commands, and no web server."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.stream.archive import small

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.slow
WITHOUT = ("django", "granian", "psycopg", "nats", "tantivy", "av")


@pytest.fixture(scope="module")
def laotie(tmp_path_factory):
    """The installed command, run far from the sources."""
    folder = tmp_path_factory.mktemp("install")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    command = [str(folder / "venv/bin/pip"), "install", "--quiet", str(ROOT)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"pip installs nothing here: {done.stderr.strip()[-300:]}")

    def run(*arguments, program="laotie"):
        return subprocess.run(
            [str(folder / "venv/bin" / program), *arguments], check=False, capture_output=True, text=True, cwd=folder,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )  # fmt: skip

    return run


def test_what_a_market_needs_is_not_there(laotie):
    asked = f"import importlib.util as u; print([n for n in {WITHOUT!r} if u.find_spec(n)])"
    assert laotie("-c", asked, program="python").stdout == "[]\n"


def test_it_lists_its_commands(laotie):
    done = laotie("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("score", "explain", "archive", "up"):
        assert f"  {name} " in done.stdout


@pytest.mark.parametrize("command", [("up",), ("lake", "verify"), ("bus", "somewhere"), ("walk",)])
def test_a_command_of_a_market_names_the_extra(laotie, command):
    done = laotie(*command)
    assert done.returncode == 1
    assert done.stderr == "Error: This command runs a market and needs more parts: pip install 'laotie[market]'\n"


def test_the_doctor_names_it_too(laotie):
    done = laotie("doctor")
    assert done.returncode == 1
    assert "pip install 'laotie[market]'" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_history_is_scored_and_explained(laotie, tmp_path):
    archive = small.write(tmp_path / "small", small.rows())
    day = ("--day", "2026-02-20")
    done = laotie("score", str(archive), "--out", str(tmp_path / "out"), *day)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"shops.parquet", "report.html"}
    done = laotie("explain", "shop", "pier", str(archive), *day)
    assert done.returncode == 0, done.stderr
    assert "pier" in done.stdout.lower()
