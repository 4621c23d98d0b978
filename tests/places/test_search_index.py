"""The index by itself: what is put in is found, by whom it should be, in the right order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from laotie.places.search import queries, schema, store
from laotie.places.search.contracts import Ask, Entry, Filters, Found, Sort

NAMES = UUID("0190a000-0000-7000-8000-000000000000")
PIER, TAILOR = uuid5(NAMES, "pier"), uuid5(NAMES, "tailor")
DAY = datetime(2026, 5, 1, tzinfo=UTC)


def goods(name: str) -> UUID:
    return uuid5(NAMES, name)


def entry(name: str, title: str, price: int = 1000, **more: object) -> Entry:
    values: dict[str, object] = {"shop_id": PIER, "listed_at": DAY, **more}
    return Entry(goods(name), title=title, price_minor=price, **values)  # type: ignore[arg-type]


ENTRIES = [
    entry("prawns", "Sun-dried prawns 500 g", 6990, categories=("food", "seafood"), category_names="Seafood 海鲜"),
    entry(
        "prawns2",
        "海米 虾干 500克",
        5990,
        categories=("food", "seafood"),
        category_names="Seafood 海鲜",
        heat=3.0,
        recent=50.0,
    ),
    entry(
        "crab",
        "Frozen crab, 2 kg",
        12900,
        categories=("food", "seafood"),
        in_stock=False,
        description="better than prawns",
    ),
    entry(
        "dress",
        "香云纱连衣裙 手工",
        56000,
        shop_id=TAILOR,
        categories=("wear",),
        brand="苏家",
        free_freight=True,
    ),
    entry("skirt", "Long linen skirt", 19900, shop_id=TAILOR, categories=("wear",), listed_at=DAY + timedelta(days=1)),
    entry("phone", "iPhone 15 手机壳 transparent", 2900, categories=("phones",), brand="Apple"),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = tmp_path_factory.mktemp("index")
    with store.rebuilding(root) as writer:
        for one in ENTRIES:
            writer.add_document(schema.document(one))
    return root


@pytest.fixture
def find(root: Path) -> Callable[..., Found]:
    return lambda words="", **more: queries.search(Ask(words, **more), root)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("prawn", ["prawns", "prawns2", "crab"]),
        ("PRAWNS", ["prawns", "prawns2", "crab"]),
        ("連衣裙", ["dress"]),
        ("连衣裙", ["dress"]),
        ("衣裙", ["dress"]),
        ("香云纱", ["dress"]),
        ("云纱", ["dress"]),
        ("蝦", ["prawns2"]),
        ("iphone 手機壳", ["phone"]),
        ("手机", ["phone"]),
        ("apple", ["phone"]),
        ("500g", ["prawns2", "prawns"]),
        ("skrit", ["skirt"]),
        ("transparant", ["phone"]),
        ("unobtainium", []),
    ],
)
def test_found(find: Callable[..., Found], words: str, names: list[str]) -> None:
    assert list(find(words).product_ids) == [goods(name) for name in names]


def test_a_misspelt_word_is_offered_right(find: Callable[..., Found]) -> None:
    assert find("skrit").instead == "skirt"
    assert find("long lnien skirt").instead == "long linen skirt"
    assert find("skirt").instead == ""
    assert find("qzxvbnkw").instead == ""


def test_few_goods_with_all_words_let_in_some_with_half(find: Callable[..., Found]) -> None:
    found = find("prawns linen")
    assert found.loosened
    assert set(found.product_ids) == {goods("prawns"), goods("prawns2"), goods("crab"), goods("skirt")}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(category="food"), {"prawns", "prawns2", "crab"}),
        (Filters(category="food", in_stock=True), {"prawns", "prawns2"}),
        (Filters(shops=(TAILOR,)), {"dress", "skirt"}),
        (Filters(shops=(TAILOR,), free_freight=True), {"dress"}),
        (Filters(brands=("Apple", "苏家")), {"phone", "dress"}),
        (Filters(price_from=5990, price_to=6990), {"prawns", "prawns2"}),
        (Filters(price_to=2900), {"phone"}),
        (Filters(price_from=10**18), set()),
        (Filters(category="food", price_to=10**30), {"prawns", "prawns2", "crab"}),
        (Filters(category='food" OR *'), set()),
    ],
)
def test_filters(find: Callable[..., Found], filters: Filters, names: set[str]) -> None:
    found = find(filters=filters)
    assert set(found.product_ids) == {goods(name) for name in names}
    assert found.total == len(names)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        (Sort.CHEAPEST, "phone"),
        (Sort.DEAREST, "dress"),
        (Sort.NEWEST, "skirt"),
        (Sort.POPULAR, "prawns2"),
        (Sort.BEST, "prawns2"),
    ],
)
def test_order(find: Callable[..., Found], sort: Sort, first: str) -> None:
    assert find(sort=sort).product_ids[0] == goods(first)


def test_counts(find: Callable[..., Found]) -> None:
    found = find(filters=Filters(brands=("Apple",)))
    assert {facet.key: facet.count for facet in found.brands} == {"Apple": 1, "苏家": 1}, "other brands can be ticked"
    assert {facet.key: facet.count for facet in found.categories} == {"phones": 1}
    assert {facet.key: facet.count for facet in find("").categories} == {
        "food": 3,
        "seafood": 3,
        "wear": 2,
        "phones": 1,
    }


def test_pages(find: Callable[..., Found]) -> None:
    pages = [find(sort=Sort.CHEAPEST, page=page, size=4) for page in (1, 2, 3)]
    assert [len(page.product_ids) for page in pages] == [4, 2, 0]
    assert len({product for page in pages for product in page.product_ids}) == 6
    assert pages[0].pages == 2


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "title:x AND (",
        "a:* OR b",
        "prawns^99999",
        "[1 TO 9]",
        "\x00\x01",
        "\\",
        "''; DROP TABLE",
        "a" * 100000,
        "😀🦐",
        "\ud7ff",
        "{" * 50,
        "../../etc",
        "%s%n",
        "虾" * 4000,
    ],
)
def test_hostile_words_are_only_words(find: Callable[..., Found], root: Path, words: str) -> None:
    assert find(words).total <= len(ENTRIES)
    assert find(words, sort=Sort.NEWEST, page=10**9).product_ids == ()
    assert len(queries.suggest(words, root=root)) <= 8


def test_suggestions_continue_the_last_word(root: Path) -> None:
    assert queries.suggest("pra", root=root) == ["prawns"]
    assert queries.suggest("sun-dried pra", root=root) == ["sun-dried prawns"]
    assert queries.suggest("连", root=root) == ["连衣", "连衣裙"]
    assert queries.suggest("", root=root) == []


def test_similar_leaves_itself_out(root: Path) -> None:
    assert queries.similar(goods("dress"), 6, "Sun-dried prawns", root=root) == [goods("prawns")]
    assert queries.similar(goods("prawns"), 6, "Sun-dried prawns", "seafood", root=root) == [goods("prawns2")]
    assert queries.similar(goods("unknown"), 6, "unobtainium", root=root) == []


def test_before_an_index_was_built_nothing_is_found(tmp_path: Path) -> None:
    assert queries.search(Ask("prawns"), tmp_path).total == 0
    assert queries.suggest("pr", root=tmp_path) == []


def test_a_failed_rebuild_leaves_the_old_index(tmp_path: Path) -> None:
    with store.changing(tmp_path) as writer:
        writer.add_document(schema.document(ENTRIES[0]))
    with pytest.raises(RuntimeError, match="power cut"), store.rebuilding(tmp_path) as writer:
        raise RuntimeError("power cut")
    assert queries.search(Ask("prawns"), tmp_path).total == 1
    assert len([folder for folder in tmp_path.iterdir() if folder.is_dir()]) == 1


def test_a_failed_change_changes_nothing(tmp_path: Path) -> None:
    with store.changing(tmp_path) as writer:
        writer.add_document(schema.document(ENTRIES[0]))
    with pytest.raises(RuntimeError, match="power cut"), store.changing(tmp_path) as writer:
        writer.delete_all_documents()
        raise RuntimeError("power cut")
    assert queries.search(Ask("prawns"), tmp_path).total == 1


def test_readers_see_the_new_generation(tmp_path: Path) -> None:
    with store.rebuilding(tmp_path) as writer:
        writer.add_document(schema.document(ENTRIES[0]))
    assert queries.search(Ask(""), tmp_path).total == 1
    with store.rebuilding(tmp_path) as writer:
        for one in ENTRIES:
            writer.add_document(schema.document(one))
    assert queries.search(Ask(""), tmp_path).total == len(ENTRIES)


def test_a_change_that_was_cut_off_before_its_end_is_made_again(tmp_path: Path) -> None:
    def change() -> None:
        with store.changing(tmp_path) as writer:
            writer.delete_documents_by_term("id", str(goods("crab")))

    with store.rebuilding(tmp_path) as writer:
        for one in ENTRIES:
            writer.add_document(schema.document(one))
    ending = next(tmp_path.glob("*/meta.json"))
    before = ending.read_bytes()
    change()
    ending.write_bytes(before)  # the power goes when all is written but this
    change()
    assert queries.search(Ask(""), tmp_path).total == len(ENTRIES) - 1
