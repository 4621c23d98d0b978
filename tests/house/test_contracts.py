"""The house's walls: the import contracts hold, and the one we wrote ourselves can fail."""

import subprocess
import sys
from pathlib import Path

import pytest
from grimp import ImportGraph

from tools.doors import DoorsContract

ROOT = Path(__file__).resolve().parents[2]


def test_import_contracts_are_kept():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_contract_has_an_exception():
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text()


def doors() -> DoorsContract:
    options = {"name": "doors", "rooms": ["trade", "goods"], "openers": ["runtime"]}
    return DoorsContract(name="doors", session_options={}, contract_options=options)


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [
        ("laotie.trade.orders.actions", "laotie.goods.offers.queries", True),
        ("laotie.trade.orders.actions", "laotie.goods.offers.models", False),
        ("laotie.trade.orders.pages", "laotie.trade.carts.models", False),
        ("laotie.trade.orders.pages", "laotie.trade.orders.models", True),
        ("laotie.runtime.urls", "laotie.trade.orders.pages", True),
        ("laotie.trade.orders.actions.place", "laotie.goods.stock.actions.sql", True),
    ],
)
def test_a_slice_is_entered_by_its_doors_only(importer, imported, kept):
    graph = ImportGraph()
    graph.add_import(importer=importer, imported=imported)
    assert doors().check(graph, verbose=False).kept is kept


def test_no_module_is_longer_than_a_wall_should_be():
    sources = [*ROOT.glob("src/laotie/**/*.py"), *ROOT.glob("benchmarks/*.py"), *ROOT.glob("tools/*.py")]
    long = {p.relative_to(ROOT).as_posix(): n for p in sources if (n := len(p.read_text().splitlines())) > 500}
    assert long == {}


def test_names_say_what_a_module_is_for():
    empty_names = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py", "manager.py", "signals.py"}
    assert [p for p in ROOT.glob("src/laotie/**/*.py") if p.name in empty_names] == []
