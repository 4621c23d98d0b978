"""The rulebooks that come with the house: the newest is version one of a new market."""

from functools import cache
from importlib.resources import files

from laotie.engine.scores import rulebook as engine
from laotie.trust.rulebook.contracts import Version, version_of


def version() -> Version:
    """The newest one that ships."""
    found = find(engine.published().version)
    assert found is not None
    return found


def find(key: str) -> Version | None:
    """The one of that hash or name, or None."""
    return next((each for each in every() if key in (each.version, each.name)), None)


@cache
def every() -> tuple[Version, ...]:
    """All that ship."""
    folder = files("laotie.engine.scores") / "rulebooks"
    texts = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".toml")]
    return tuple(_version(text) for text in texts)


def _version(content: str) -> Version:
    book = engine.read(content.encode())
    return Version(version_of(content), book.name, content, book.effective_from, "", None, None, None)
