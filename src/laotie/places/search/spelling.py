"""“Did you mean”: for a word that no product has, the nearest word that products do have."""

from collections.abc import Sequence

from tantivy import Query, Searcher

from laotie.places.search import asking, words
from laotie.places.search.schema import schema
from laotie.places.search.words import Word

LOOKED_AT = 30  # products near the misspelt word whose own words are compared with it


def instead(searcher: Searcher, asked: Sequence[Word]) -> str:
    """The question with unknown words replaced by their nearest known ones; "" where nothing is to be replaced."""
    better = [_nearest(searcher, word) if _doubtful(searcher, word) else word.plain for word in asked]
    typed = [word.plain for word in asked]
    return "" if better == typed else _joined(asked, better)


def _doubtful(searcher: Searcher, word: Word) -> bool:
    return not word.chinese and not word.others and asking.slips(word.plain) > 0 and not asking.known(searcher, word)


def _nearest(searcher: Searcher, word: Word) -> str:
    """The candidate with the fewest slips, then in the most products; the word itself where there is none."""
    candidates = {
        (distance(word.plain, other), -searcher.doc_freq("plain", other), other) for other in _near(searcher, word)
    }
    allowed = [found for found in candidates if found[0] <= asking.slips(word.plain)]
    return min(allowed)[2] if allowed else word.plain


def _near(searcher: Searcher, word: Word) -> set[str]:
    query = Query.fuzzy_term_query(schema(), "plain", word.plain, distance=asking.slips(word.plain))
    hits = searcher.search(query, LOOKED_AT, count=False, weight_by_field="prior").hits
    names = [searcher.doc(address)["name"][0] for _, address in hits]
    return {other for name in names for other in words.plain(name) if abs(len(other) - len(word.plain)) <= 2}


def _joined(asked: Sequence[Word], better: Sequence[str]) -> str:
    """Latin words apart, Chinese ones together, as people write them."""
    text = ""
    for before, word, shown in zip([None, *asked], asked, better, strict=False):
        text += ("" if before is None or (before.chinese and word.chinese) else " ") + shown
    return text


def distance(one: str, other: str) -> int:
    """Letters inserted, dropped, changed or swapped with a neighbour (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
