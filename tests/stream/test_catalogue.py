"""docs/facts.md says what the classes say."""

from pathlib import Path

from laotie.stream.catalogue import catalogue

PAGE = Path(__file__).parents[2] / "docs" / "facts.md"


def test_the_catalogue_is_current():
    assert PAGE.read_text(encoding="utf-8") == catalogue(), "run `laotie lake catalogue`"
