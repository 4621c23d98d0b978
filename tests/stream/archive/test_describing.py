"""The guide to archives says what the code holds."""

from pathlib import Path

from laotie.stream.archive.describing import describe

GUIDE = Path(__file__).parents[3] / "docs" / "archive.md"


def test_the_guide_lists_every_table_as_it_is() -> None:
    assert GUIDE.read_text(encoding="utf-8").endswith(describe()), "python -m laotie.stream.archive.describing"
