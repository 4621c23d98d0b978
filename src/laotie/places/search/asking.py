"""From a person's words to a question for the index. Nothing a person types is read as query syntax."""

from collections.abc import Collection, Sequence
from uuid import UUID

from tantivy import FieldType, Occur, Query, Searcher

from laotie.places.search.contracts import Filters
from laotie.places.search.schema import TEXTS, schema
from laotie.places.search.words import Word

BOOSTS = {"title": 3.0, "brand": 2.0, "category": 1.6, "facts": 0.7, "description": 0.8, "shop": 0.8}
TIE = 0.25  # of what a word scores in its other fields: a title that has it is better than two descriptions
WITHIN = 0.7  # a Chinese word found inside differently cut text counts this much of a cut one
TYPO = 0.5  # a word found one or two letters off
OTHER = 0.5  # a word that means the same, or that was typed by its sound: goods that have the very word come first
NOWHERE = 1 << 62  # a price bound above every price


def worded(searcher: Searcher, asked: Sequence[Word], at_least: int) -> Query:
    """Products with `at_least` of the asked words; the more and the rarer, the higher."""
    if not asked:
        return Query.all_query()
    parts = [(Occur.Should, _word(searcher, word)) for word in asked]
    return Query.boolean_query(parts, minimum_number_should_match=min(at_least, len(parts)))


def narrowed(query: Query, filters: Filters) -> Query:
    """`query` within the filters, which never change a score."""
    musts = _conditions(filters)
    if not musts:
        return query
    return Query.boolean_query(
        [(Occur.Must, query), *((Occur.Must, Query.const_score_query(must, 0.0)) for must in musts)]
    )


def named(product_ids: Collection[UUID]) -> Query:
    """Those products."""
    return _any_of("id", product_ids)


def known(searcher: Searcher, word: Word) -> bool:
    """Whether any product has the word as it stands."""
    if any(searcher.doc_freq(name, word.stem) for name in TEXTS):
        return True
    return word.chinese and searcher.search(_within("title_characters", word), 1, count=False).hits != []


def _word(searcher: Searcher, word: Word) -> Query:
    choices = _spellings(word)
    for other in word.others:
        choices += [Query.boost_query(choice, OTHER) for choice in _spellings(other)]
    if not word.chinese and not word.others and not known(searcher, word) and (distance := slips(word.plain)):
        choices.append(
            Query.boost_query(Query.fuzzy_term_query(schema(), "plain", word.plain, distance=distance), TYPO)
        )
    return Query.disjunction_max_query(choices, tie_breaker=TIE)


def _spellings(word: Word) -> list[Query]:
    """The word in each field."""
    choices = [Query.boost_query(_term(name, word.stem), boost) for name, boost in BOOSTS.items()]
    if word.chinese:
        choices.append(Query.boost_query(_within("title_characters", word), WITHIN * BOOSTS["title"]))
        choices.append(Query.boost_query(_within("other_characters", word), WITHIN * BOOSTS["description"]))
    return choices


def _term(field: str, stem: str) -> Query:
    """A field with the word; of several ("power bank") with each."""
    parts = [Query.term_query(schema(), field, part) for part in stem.split(" ")]
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])


def slips(word: str) -> int:
    """How many wrong letters are forgiven: none in short words and in numbers, two in long words."""
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return 0
    return 2 if len(word) >= 8 else 1


def _within(field: str, word: Word) -> Query:
    characters = list(word.plain)
    if len(characters) == 1:
        return Query.term_query(schema(), field, characters[0])
    return Query.phrase_query(schema(), field, list(characters))


def _conditions(filters: Filters) -> list[Query]:
    musts: list[Query] = []
    if filters.category:
        musts.append(Query.term_query(schema(), "category_key", filters.category))
    if filters.brands:
        musts.append(_any_of("brand_key", filters.brands))
    if filters.shops:
        musts.append(_any_of("shop_key", filters.shops))
    if filters.in_stock:
        musts.append(Query.term_query(schema(), "in_stock", True))
    if filters.free_freight:
        musts.append(Query.term_query(schema(), "free_freight", True))
    if filters.price_from is not None or filters.price_to is not None:
        musts.append(_priced(filters.price_from or 0, NOWHERE if filters.price_to is None else filters.price_to))
    return musts


def _any_of(field: str, values: Collection[object]) -> Query:
    """What has one of `values`. A set of terms would go through all that the index has of the field: for a few of many
    ten times as long, and no shorter for hundreds."""
    return Query.boolean_query([(Occur.Should, Query.term_query(schema(), field, str(value))) for value in values])


def _priced(lowest: int, highest: int) -> Query:
    return Query.range_query(schema(), "price", FieldType.Integer, min(lowest, NOWHERE), min(highest, NOWHERE))
