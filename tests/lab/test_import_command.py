"""`laotie import` judges before it touches a market, and says in a sentence what it cannot read."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from laotie.runtime.commands.imports import command
from tests.stream.archive import small


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, list(arguments))
    return done.exit_code, done.output


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAOTIE_HOME", str(tmp_path / "home"))


def test_a_dry_run_lists_the_rejects_and_makes_no_home(tmp_path: Path) -> None:
    rows = small.rows()
    rows["offers"][1]["price"] = "-1"
    folder = small.write(tmp_path / "archive", rows)
    code, said = run("archive", str(folder), "--dry-run", "--rejects", str(tmp_path / "bad.csv"))
    assert (code, "nothing was brought in" in said) == (0, True)
    listed = (tmp_path / "bad.csv").read_text(encoding="utf-8").splitlines()
    assert listed[:2] == ["table,line,key,column,value,reason,source", "offers,3,prawn-l,price,-1,is negative,"]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("format", "sentence"),
    [
        ("archive", "is not an archive: it has no market.toml"),
        ("olist", "has no olist_customers_dataset.csv"),
        ("amazon", "There is no format amazon. Known: olist, orders."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, format: str, sentence: str) -> None:
    code, said = run(format, str(tmp_path), "--dry-run")
    assert code == 1
    assert sentence in " ".join(said.split())
