"""Scores of a history, with no market: what matures when, what each explanation sums to, and no Django."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from laotie.engine.scores.deals import deals
from laotie.engine.scores.rulebook import published
from laotie.lab.scoring import opening, outcome, writing
from laotie.lab.scoring.day import Day, scored
from laotie.lab.scoring.explained import NoSuchEntity, explain
from laotie.lab.scoring.facts import facts_of, last_day
from laotie.runtime.commands.explain import command as explain_command
from laotie.runtime.commands.score import command
from laotie.stream.archive import checking
from laotie.stream.archive.checking import Archive
from tests.html import validate
from tests.stream.archive import small
from tests.stream.archive.test_olist import DATA, needs_olist
from tests.stream.archive.test_orders import ENGLISH

BOOK = published()
DAY = date(2018, 5, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small.write(tmp_path / "small", small.rows())


@pytest.fixture(scope="module")
def olist() -> tuple[Archive, Day]:
    archive = opening.opened(DATA, opening.Wished())
    return archive, scored(facts_of(archive), DAY, BOOK, since=DAY - timedelta(days=30))


def run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


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


def test_a_straggler_does_not_empty_the_windows(tmp_path: Path) -> None:
    rows = small.rows()
    many = [rows["parcels"][0] | {"id": f"x{n}", "signed_at": "2026-02-05"} for n in range(200)]
    rows["parcels"] = [*many, many[0] | {"id": "late", "signed_at": "2029-01-01"}]
    assert last_day(facts_of(checking.check(small.write(tmp_path, rows)))) == date(2026, 2, 5)


def test_an_archive_without_reasons_cannot_speak_of_quality(tmp_path: Path) -> None:
    rows = small.rows() | {"refunds": [], "reviews": []}
    facts = facts_of(checking.check(small.write(tmp_path / "small", rows)))
    assert facts.absent == ("quality", "bad_review", "poor_service", "not_as_claimed", "poor_review", "seeded")


def test_the_command_writes_tables_a_report_and_what_it_left_out(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "--day", "2026-02-20", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "products.csv", "products.parquet", "products.parts.csv", "products.parts.parquet", "rejects.csv",
        "report.html", "scores.json", "shops.csv", "shops.parquet", "shops.parts.csv", "shops.parts.parquet",
    ]  # fmt: skip
    (shop,) = pq.read_table(tmp_path / "out" / "shops.parquet").to_pylist()
    assert (shop["entity"], shop["status"], shop["deals"], shop["window"]) == ("pier", "provisional", 2, 90)
    assert 0 < shop["points_goods"] < 1
    assert json.loads((tmp_path / "out" / "scores.json").read_text())["kinds"]["shop"]["entities"] == 1


def test_a_history_whose_deals_have_not_matured_says_so(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "--day", "2026-02-04", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "Nothing can be scored yet: no deal had matured by 2026-02-04." in done.output
    assert not (tmp_path / "out" / "shops.csv").exists()


def test_only_the_kinds_asked_for_are_scored(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "--day", "2026-02-20", "--kind", "shop", "--out", tmp_path / "out").exit_code == 0
    assert not (tmp_path / "out" / "products.csv").exists()


def test_one_file_of_orders_is_scored_and_its_broken_lines_are_named(tmp_path: Path) -> None:
    sound = ENGLISH.splitlines()
    lines = [sound[1].replace("o1", f"n{n}").replace("Pier", f"Shop {n % 3}") for n in range(300)]
    lines[49], lines[149], lines[249] = "n49,Pier", lines[149].replace("69.90", "cheap"), "n249,Pier"
    (tmp_path / "export.csv").write_text("\n".join([sound[0], *lines]), encoding="utf-8")
    done = run(tmp_path / "export.csv", "--out", tmp_path / "out", "--day", "2026-02-20")
    assert done.exit_code == 0, done.output
    assert "export.csv line 51: has 2 values where the header has 13 (1 more like it). Put values" in done.output
    assert "export.csv line 151, unit_price: is not an amount in CNY. Correct the value" in done.output
    assert sum(row["deals"] for row in pq.read_table(tmp_path / "out" / "shops.parquet").to_pylist()) == 297


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("weight = 40", "weight = 41", r"line \d+, shop.goods.metrics: The metrics' weights sum to 40"),
        ("windows = [30", "windows = [-30", r"line 6, cohort.windows: -30 cannot be used: choose a number from 1"),
        ("seller_cancels = 5", "charm = 5", r"line \d+, shop.steadiness.metrics.charm: There is no metric “charm”"),
        ("enough = 30 ", "enough 30 ", r"line 7: This is no TOML"),
    ],
)
def test_a_bad_rulebook_is_refused_with_its_line_and_nothing_is_written(
    folder: Path, tmp_path: Path, old: str, new: str, says: str
) -> None:
    from importlib.resources import files

    text = (files("laotie.engine.scores") / "rulebooks" / f"{BOOK.name}.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run(folder, "--rulebook", tmp_path / "mine.toml", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert_says(done, "mine.toml is no rulebook: .*" + says)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "orders.csv").write_text("o1,c1,ann,pier\n"), "orders has no column id: line 1 of "),
        (lambda folder: (folder / "market.toml").unlink(), "it has no market.toml. Name a folder with market.toml"),
        (lambda folder: (folder / "orders.csv").unlink(), "it has no orders.csv"),
    ],
)
def test_a_bad_archive_is_refused_and_what_stood_before_stands(
    folder: Path, tmp_path: Path, spoil: Any, says: str
) -> None:
    assert run(folder, "--day", "2026-02-20", "--out", tmp_path / "out").exit_code == 0
    before = (tmp_path / "out" / "shops.csv").read_bytes()
    spoil(folder)
    if (folder / "orders.csv").exists():
        (folder / "orders.csv").write_text((folder / "orders.csv").read_text() + "o2,c2,bo,pier\n")
    done = run(folder, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert_says(done, says)
    assert (tmp_path / "out" / "shops.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_of_other_things_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("…")
    done = run(folder, "--out", tmp_path / "letters")
    assert_says(done, "holds other things")
    assert (tmp_path / "letters" / "dear.txt").exists()


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), writing.whole(tmp_path / "out") as scratch:
        (scratch / "half.csv").write_text("half")
        raise OSError("the disk is full")
    assert list(tmp_path.iterdir()) == []


def test_days_that_cannot_be_compared_are_refused(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "--day", "2026-02-20", "--since", "2026-02-20", "--out", tmp_path / "out")
    assert_says(done, "--since 2026-02-20 must be before the scored day 2026-02-20")


@needs_olist
def test_every_explanation_of_olist_sums(olist: tuple[Archive, Day], tmp_path: Path) -> None:
    archive, found = olist
    outcome.write(found, archive, tmp_path / "out", "en")
    for kind, count in (("shop", 1767), ("product", 8872)):
        figures = pq.read_table(tmp_path / "out" / f"{kind}s.parquet").to_pydict()
        assert len(figures["entity"]) == count
        assert set(figures["status"]) == {"none", "provisional", "official"}
        parts = pq.read_table(tmp_path / "out" / f"{kind}s.parts.parquet").to_pydict()
        row = np.searchsorted(figures["entity"], parts["entity"])
        total = np.bincount(row, weights=parts["contribution"]) - figures["deduction"]
        assert np.abs(total - figures["total"]).max() < 1e-12
        stars = np.bincount(row, weights=parts["stars"])
        assert np.abs(3 + stars - figures["score"]).max() < 1e-9
        assert np.abs(np.bincount(row, weights=parts["weight"]) - 1).max() < 1e-12


@needs_olist
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_is_one_sound_page_that_asks_for_nothing(
    olist: tuple[Archive, Day], tmp_path: Path, language: str
) -> None:
    archive, found = olist
    outcome.write(found, archive, tmp_path / "out", language)
    page = (tmp_path / "out" / outcome.REPORT).read_text(encoding="utf-8")
    head, style, rest = *page.partition("<style>")[:1], *page.partition("<style>")[2].partition("</style>")[::2]
    validate(head + rest)  # one file that needs nothing beside it has its style inside
    assert "prefers-color-scheme: dark" in style.replace(":", ": ").replace("  ", " ") and "@media print" in style
    assert not any(word in page for word in ("http:", "https:", "<script", "<link", "src="))
    assert page.count("n = 893") >= 2  # shops with a matured deal: in every table that rests on them
    assert page.count("<caption>") == 12
    said = {
        "zh": ("店铺体验分", "良好", "晚于承诺送达"),
        "en": ("Shop experience", "leading", "Arrived after the promise"),
    }
    assert all(word in page for word in said[language])


@needs_olist
def test_a_score_is_explained_with_its_deals_changes_and_a_wish(olist: tuple[Archive, Day]) -> None:
    _archive, found = olist
    scores = found.scores["shop"]
    worst = str(scores.evidence.entity[np.where(scores.status == "official", scores.score, 9).argmin()])
    said = explain(found, "shop", worst[:12], 4.70)
    assert said.entity == worst
    assert 3 + sum(part.stars for part in said.parts) == pytest.approx(said.score, abs=1e-9)
    assert sum(part.contribution for part in said.parts) == pytest.approx(said.total, abs=1e-12)
    assert [cost.cost for cost in said.costs] == sorted((cost.cost for cost in said.costs), reverse=True)
    assert said.costs[0].cost > 0
    assert set(said.changes) == {"new", "aged", "benchmark", "rule"}
    assert said.wish is not None and said.wish.wishes
    assert json.loads(json.dumps(said.as_json()))["day"] == "2018-05-01"
    with pytest.raises(NoSuchEntity, match="It has 1,767, such as"):
        explain(found, "shop", "nobody")
    with pytest.raises(NoSuchEntity, match="These begin so"):
        explain(found, "shop", worst[:1])


@pytest.mark.parametrize("words", [("--language", "zh"), ("--language", "en"), ("--json",)])
def test_the_command_explains(folder: Path, words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(explain_command, ["shop", "pier", str(folder), "--day", "2026-02-20", *words])
    assert done.exit_code == 0, done.output
    if words == ("--json",):
        assert json.loads(done.stdout)["deals"] == 2
    else:
        assert {"zh": "店铺体验分", "en": "Shop experience"}[words[1]] in done.output
        assert "o1" in done.output  # the order that cost most


def test_explaining_nobody_or_nowhere_is_said(folder: Path, tmp_path: Path) -> None:
    assert_says(CliRunner().invoke(explain_command, ["shop", "reef", str(folder)]), "There is no shop reef in it")
    assert_says(CliRunner().invoke(explain_command, ["shop", "reef"]), "Name an ARCHIVE")
    assert_says(CliRunner().invoke(explain_command, ["shop", "reef", "--home", str(tmp_path)]), "is no market's home")


def test_scoring_needs_no_django() -> None:
    modules = "laotie.lab.scoring.outcome, laotie.lab.scoring.explained, laotie.runtime.commands.explanation"
    offline = f"import sys; sys.modules['django'] = None\nimport {modules}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    assert subprocess.run([sys.executable, "-c", offline], check=False, env=environment).returncode == 0


def assert_says(done: Result, pattern: str) -> None:
    import re

    assert done.exit_code != 0
    assert re.search(pattern.replace(" ", r"\s+"), done.output), done.output
