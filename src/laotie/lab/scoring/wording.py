"""What metrics, bands and outcomes are called offline, in Chinese and English (`words.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    book: dict[str, dict[str, str]]

    def of(self, group: str, name: str) -> str:
        """What `name` is called; a name that has no words is called by itself."""
        return self.book.get(group, {}).get(name, name.replace("_", " "))

    def say(self, name: str, /, **values: Any) -> str:
        """A sentence of the group `says`, with its places filled."""
        return self.book["says"][name].format(**values)


@cache
def words(language: str) -> Words:
    """The words of "zh" or "en"."""
    book = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    place = LANGUAGES.index(language)
    return Words(language, {group: {name: pair[place] for name, pair in said.items()} for group, said in book.items()})
