"""What is pinned names versions and hashes, and no place to fetch them from."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tools.lock import EXTRAS

ROOT = Path(__file__).parent.parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
NPM_LOCKS = [path for path in (ROOT / "src").rglob("package-lock.json") if "node_modules" not in path.parts]


def test_every_extra_has_its_lock():
    assert {path.stem for path in LOCKS} == {*EXTRAS, "installer", "setup"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_holds_hashes_and_no_address(lock):
    text = lock.read_text()
    assert "://" not in text
    assert not re.search(r"^(--|#)", text, re.MULTILINE)
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert re.fullmatch(r"[a-z0-9._-]+==\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", entry), entry


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda path: path.parent.name)
def test_an_npm_lock_holds_integrity_and_no_address(lock):
    packages = json.loads(lock.read_text())["packages"]
    assert "://" not in lock.read_text()
    assert all("integrity" in package and "resolved" not in package for name, package in packages.items() if name)


def test_what_pyproject_asks_for_is_pinned():
    """After adding a dependency: `python -m tools.lock`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    names = {re.match(r"[A-Za-z0-9._-]+", line)[0].lower().replace("_", "-") for line in asked}
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements/bench.lock").read_text(), re.MULTILINE))
    assert names - pinned == set()
