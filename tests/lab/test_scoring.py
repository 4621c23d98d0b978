"""Scores of an archive, with no market: what matures when, what each explanation sums to, and no Django."""

import os
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import pyarrow.csv as pc
import pytest
from click.testing import CliRunner

from laotie.engine.scores.deals import deals
from laotie.engine.scores.rulebook import published
from laotie.lab.scoring.facts import facts_of, last_day
from laotie.runtime.commands.score import command
from laotie.stream.archive import checking
from tests.stream.archive import small
from tests.stream.archive.test_olist import DATA, needs_olist

BOOK = published()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small.write(tmp_path / "small", small.rows())


def test_an_archives_deals_mature_on_the_markets_days(folder: Path) -> None:
    facts = facts_of(checking.check(folder))
    found = {row["line_id"]: row for row in deals(facts, BOOK.cohort).to_pyarrow().to_pylist()}
    assert {key: (row["outcome"], row["matured"], row["bad_review"]) for key, row in found.items()} == {
        "l1": ("good", date(2026, 2, 16), 0),
        "l2": ("damaged", date(2026, 2, 16), None),
        "l3": ("late", None, None),  # neither shipped nor promised: it never matures
    }
    assert facts.absent == ()
    assert last_day(facts) == date(2026, 2, 4)


def test_an_archive_without_reasons_cannot_speak_of_quality(tmp_path: Path) -> None:
    rows = small.rows() | {"refunds": [], "reviews": []}
    facts = facts_of(checking.check(small.write(tmp_path / "small", rows)))
    assert facts.absent == (
        "quality", "bad_review", "poor_service", "not_as_claimed", "poor_review", "seeded",
    )  # fmt: skip


def test_the_command_writes_figures_and_parts(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(folder), "--day", "2026-02-20", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    (shop,) = pc.read_csv(tmp_path / "out" / "shops.csv").to_pylist()
    assert (shop["entity"], shop["status"], shop["deals"], shop["window"]) == ("pier", "provisional", 2, 90)


def test_what_is_no_archive_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(tmp_path)])
    assert done.exit_code == 1
    assert "market.toml" in done.output


@needs_olist
def test_every_explanation_of_olist_sums(tmp_path: Path) -> None:
    from laotie.stream.archive.converters import converter

    converter("olist")(DATA, tmp_path / "archive", "en")
    done = CliRunner().invoke(
        command, [str(tmp_path / "archive"), "--day", "2018-05-01", "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0, done.output
    for kind, count, official in (("shops", 1767, 19), ("products", 8872, 1)):
        figures = pc.read_csv(tmp_path / "out" / f"{kind}.csv").to_pylist()
        assert (len(figures), sum(row["status"] == "official" for row in figures)) == (count, official)
        stars: dict[str, float] = defaultdict(float)
        for part in pc.read_csv(tmp_path / "out" / f"{kind}.parts.csv").to_pylist():
            stars[part["entity"]] += part["stars"]
        assert max(abs(3 + stars[row["entity"]] - row["score"]) for row in figures) < 1e-9
        assert {row["status"] for row in figures} == {"none", "provisional", "official"}


def test_scoring_needs_no_django() -> None:
    offline = "import sys; sys.modules['django'] = None\nimport laotie.lab.scoring.tables, laotie.lab.scoring.facts"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    assert subprocess.run([sys.executable, "-c", offline], check=False, env=environment).returncode == 0
