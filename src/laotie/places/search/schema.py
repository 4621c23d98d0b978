"""The fields of the index, and how a product becomes one of its documents."""

from functools import cache
from math import log, log1p
from operator import attrgetter

from tantivy import Document, Filter, Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from laotie.places.search import pinyin, words
from laotie.places.search.contracts import Entry, category_mark, halves

VERSION = 4  # raise it when fields or words change: an index of another version is rebuilt
TEXTS = ("title", "brand", "category", "facts", "description", "shop")
COLUMNS = ("id_high", "id_low", "shop_high", "shop_low", "category_mark")
WORDS = "laotie_words"  # texts arrive already cut: words between single spaces


@cache
def schema() -> Schema:
    """Texts to search in, raw keys to filter and count by, numbers to filter and sort by."""
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("name", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="freq")
    builder.add_text_field("title_characters", tokenizer_name=WORDS, index_option="position")
    builder.add_text_field("other_characters", tokenizer_name=WORDS, index_option="position")
    builder.add_text_field(pinyin.FIELD, tokenizer_name=WORDS, index_option="basic")
    builder.add_text_field("plain", tokenizer_name=WORDS, index_option="freq")
    for name in ("category_key", "brand_key", "shop_key"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("in_stock", "free_freight"):
        builder.add_boolean_field(name, indexed=True, fast=True)
    for name in ("price", "listed"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("sold", "last_sold", *COLUMNS):
        builder.add_integer_field(name, fast=True)
    for name in ("heat", "prior", "multiplier"):
        builder.add_float_field(name, fast=True)
    return builder.build()


def prepared(index: Index) -> Index:
    """The index with the tokenizer its texts need."""
    index.register_tokenizer(WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.remove_long(60)).build())
    return index


def prior(recent: float) -> float:
    """What a product's deals of late lend its score: ×1 with none, ×1.2 with ten, ×1.4 with a hundred."""
    return 1 + 0.087 * log1p(max(recent, 0.0))


def document(entry: Entry) -> Document:
    """`entry` as the index keeps it."""
    texts = dict(
        zip(
            TEXTS,
            attrgetter("title", "brand", "category_names", "facts", "description", "shop_name")(entry),
            strict=True,
        )
    )
    fields: dict[str, list[object]] = {name: [" ".join(words.indexed(text))] for name, text in texts.items()}
    product, shop = halves(entry.product_id), halves(entry.shop_id)
    named = f"{entry.title} {entry.brand} {entry.category_names}"
    others = " ".join(text for name, text in texts.items() if name != "title")
    return Document(
        **fields,
        id=[str(entry.product_id)],
        name=[entry.title],
        title_characters=[" ".join(words.characters(entry.title))],
        other_characters=[" ".join(words.characters(others))],
        plain=[" ".join(words.plain(named))],
        spoken=[" ".join(pinyin.spoken(named))],
        category_key=list(entry.categories),
        brand_key=[entry.brand] if entry.brand else [],
        shop_key=[str(entry.shop_id)],
        in_stock=[entry.in_stock],
        free_freight=[entry.free_freight],
        price=[entry.price_minor],
        listed=[int(entry.listed_at.timestamp())],
        sold=[entry.sold],
        last_sold=[entry.last_sold],
        heat=[entry.heat + log(entry.multiplier)],
        prior=[prior(entry.recent)],
        multiplier=[entry.multiplier],
        id_high=[product[0]],
        id_low=[product[1]],
        shop_high=[shop[0]],
        shop_low=[shop[1]],
        category_mark=[category_mark(entry.categories[-1] if entry.categories else "")],
    )
