"""Tokens of searches: what was searched is sealed with how much was found, so that neither can be made up."""

from uuid import NAMESPACE_URL, UUID, uuid5

from laotie.kit.tokens import Served, seal

MOST = 2**16 - 1
LONGEST = 100  # characters of a search that are kept


def words_id(words: str) -> UUID:
    """The item that stands for `words` in a token."""
    return uuid5(NAMESPACE_URL, f"laotie:search:{words}")


def seal_search(decision: UUID, words: str, found: int, viewer: UUID | None = None) -> str:
    """The token of a search result page: put it into `data-search-token`, and `words` into `data-search-words`."""
    return seal(decision, words_id(words[:LONGEST]), min(found, MOST), viewer)


def is_of(served: Served, words: str) -> bool:
    return served.item == words_id(words)
