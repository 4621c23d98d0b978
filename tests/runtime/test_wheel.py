"""What `pip install` brings: the package whole, with its translations, and without Django a working command line."""

import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
@pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed; `make test` brings it")
def test_the_wheel_holds_pages_scripts_and_translations(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    for name in (
        "laotie/kit/assets/package-lock.json",
        "laotie/kit/locale/zh_Hans/LC_MESSAGES/django.mo",
        "laotie/kit/templates/kit/base.html",
        "laotie/runtime/database/schema.sql",
        "laotie/runtime/processes/leash.py",
    ):
        assert name in names
    assert not [name for name in names if "node_modules" in name or name.startswith("tests")]
