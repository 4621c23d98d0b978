"""Goods as CSV: any usual encoding in, every bad cell named, nothing written before it is wanted or twice."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laotie.goods.catalogue import actions as catalogue_actions
from laotie.goods.catalogue import queries as catalogue
from laotie.goods.listings import actions, queries, tasks
from laotie.goods.listings.actions import importing
from laotie.goods.listings.csv.exporting import exported, template
from laotie.goods.listings.csv.reading import read
from laotie.goods.listings.errors import (
    FileTooLarge,
    NoColumn,
    NoLines,
    NotJudgedYet,
    NotText,
    TooManyLines,
)
from laotie.goods.offers import actions as offer_actions
from tests.goods.test_pages import signed_in
from tests.html import validate
from tests.makers import make_account, make_product, make_shop

pytestmark = pytest.mark.django_db
HEAD = (
    "Sku code,Title,Category,Brand,Variant,Price,Stock,Ships within (hours),Freight plan,Description,Attributes,State"
)


@pytest.fixture
def owner():
    return make_account("Owner")


@pytest.fixture
def shop(owner):
    catalogue_actions.plant_categories()
    return make_shop(owner)


def file(*lines: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *lines]).encode()


def sent(shop, owner, content: bytes):
    return queries.import_for(owner.id, actions.send_file(shop.id, owner.id, "goods.csv", content))


def imported(shop, owner, content: bytes):
    run = sent(shop, owner, content)
    actions.carry_out(run.id)
    return queries.import_for(owner.id, run.id)


def goods(shop):
    return {
        variant.code: (row.product.title, variant.options, variant.offer.price.minor, variant.left, row.product.status)
        for row in queries.page(shop.id, count=100).rows
        for variant in row.variants
    }


def bad(run):
    return [(each.number, each.column, each.sentence.format(**each.data)) for each in run.bad]


GOOD = [
    "a-1,Squid,dried-seafood,Harbour,500 g,49.90,10,24,,Sweet,Origin: Zhoushan; Salt: little,",
    "a-2,Squid,dried-seafood,,1 kg,89.90,5,,,,,",
]


def test_the_dry_run_tells_and_writes_nothing(shop, owner):
    run = sent(shop, owner, file(*GOOD, "b-1,Crab,fresh-seafood,,,x,1,,,,,"))
    assert (run.status, run.total, run.create, run.change, run.good_lines, run.bad_lines) == ("judged", 3, 1, 0, 2, 1)
    assert run.steps == (("create", "Squid", 2),)
    assert goods(shop) == {}


def test_good_lines_go_in_and_bad_ones_stay_out(shop, owner):
    run = imported(shop, owner, file(*GOOD, "b-1,Crab,fresh-seafood,,,x,1,,,,,"))
    assert (run.status, run.done) == ("done", 3)
    assert goods(shop) == {"a-1": ("Squid", "500 g", 4990, 10, "listed"), "a-2": ("Squid", "1 kg", 8990, 5, "listed")}
    product = queries.page(shop.id).rows[0].product
    assert (product.brand, product.description, dict(product.facts)) == (
        "Harbour",
        "Sweet",
        {"Origin": "Zhoushan", "Salt": "little"},
    )
    assert queries.page(shop.id).rows[0].variants[0].offer.ships_within_hours == 24
    with pytest.raises(NotJudgedYet):
        actions.carry_out(run.id)


def test_the_same_file_again_changes_nothing(shop, owner, django_assert_max_num_queries):
    imported(shop, owner, file(*GOOD))
    before, changed = goods(shop), queries.page(shop.id).rows[0].product.changed_at
    run = sent(shop, owner, file(*GOOD))
    assert (run.create, run.change, run.same) == (0, 0, 1)
    actions.carry_out(run.id)
    assert (goods(shop), queries.page(shop.id).rows[0].product.changed_at) == (before, changed)


def test_a_known_code_is_changed_and_silence_leaves_things_alone(shop, owner):
    imported(shop, owner, file(*GOOD))
    run = imported(shop, owner, file("a-2,Squid rings,dried-seafood,,,79.90,7,,,,,ended"))
    assert (run.create, run.change) == (0, 1)
    assert goods(shop) == {
        "a-1": ("Squid rings", "500 g", 4990, 10, "ended"),
        "a-2": ("Squid rings", "1 kg", 7990, 7, "ended"),
    }
    assert queries.page(shop.id).rows[0].product.brand == "Harbour"


def test_a_new_line_with_a_known_title_in_the_file_is_one_more_variant(shop, owner):
    imported(shop, owner, file(*GOOD))
    run = imported(shop, owner, file(GOOD[0], "a-3,Squid,dried-seafood,,5 kg,399,1,,,,,"))
    assert (run.create, run.change) == (0, 1)
    assert set(goods(shop)) == {"a-1", "a-2", "a-3"}
    assert queries.page(shop.id).total == 1


BAD = [
    (",Squid,dried-seafood,,,1,1,,,,,", "code", "This must not be empty."),
    ("c" * 61 + ",Squid,dried-seafood,,,1,1,,,,,", "code", "This is longer than 60 characters."),
    ("c,,dried-seafood,,,1,1,,,,,", "title", "This must not be empty."),
    ("c," + "t" * 161 + ",dried-seafood,,,1,1,,,,,", "title", "This is longer than 160 characters."),
    ("c,Squid\x07,dried-seafood,,,1,1,,,,,", "title", "This holds characters that cannot be shown."),
    ("c,Squid,,,,1,1,,,,,", "category", "This must not be empty."),
    ("c,Squid,moon,,,1,1,,,,,", "category", "There is no category “moon” of the last level."),
    ("c,Squid,seafood,,,1,1,,,,,", "category", "There is no category “seafood” of the last level."),
    ("c,Squid,dried-seafood," + "b" * 81 + ",,1,1,,,,,", "brand", "This is longer than 80 characters."),
    ("c,Squid,dried-seafood,,,,1,,,,,", "price", "This must not be empty."),
    ("c,Squid,dried-seafood,,,0,1,,,,,", "price", "“0” is not a price between ¥0.01 and ¥10000000000.00."),
    ("c,Squid,dried-seafood,,,-5,1,,,,,", "price", "“-5” is not a price between ¥0.01 and ¥10000000000.00."),
    ("c,Squid,dried-seafood,,,9.999,1,,,,,", "price", "“9.999” is not a price between ¥0.01 and ¥10000000000.00."),
    ("c,Squid,dried-seafood,,,NaN,1,,,,,", "price", "“NaN” is not a price between ¥0.01 and ¥10000000000.00."),
    ("c,Squid,dried-seafood,,,1,,,,,,", "stock", "This must not be empty."),
    ("c,Squid,dried-seafood,,,1,-1,,,,,", "stock", "“-1” is not a whole number between 0 and 10000000."),
    ("c,Squid,dried-seafood,,,1,1.5,,,,,", "stock", "“1.5” is not a whole number between 0 and 10000000."),
    ("c,Squid,dried-seafood,,,1,999999999,,,,,", "stock", "“999999999” is not a whole number between 0 and 10000000."),
    ("c,Squid,dried-seafood,,,1,1,0,,,,", "ships_within_hours", "“0” is not a whole number between 1 and 1080."),
    ("c,Squid,dried-seafood,,,1,1,,Moon express,,,", "freight_plan", "You have no freight plan called “Moon express”."),
    ("c,Squid,dried-seafood,,,1,1,,,,Origin Zhoushan,", "facts",
     "Write attributes as “name: value; name: value”, at most 30 of them."),
    ("c,Squid,dried-seafood,,,1,1,,,,,sold", "status",
     "“sold” is no state; write listed, draft or ended, or leave it empty."),
    ('c,"Squid,dried-seafood,,,1,1,,,,,', "", "This line is not CSV. Perhaps a quotation mark is not closed."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "column", "reason"), BAD)
def test_every_bad_cell_is_named(shop, owner, line, column, reason):
    run = sent(shop, owner, file(GOOD[0], line))
    assert bad(run) == [(3, column, reason)]
    assert (run.good_lines, run.bad_lines) == (1, 1)


def test_a_line_with_several_faults_names_them_all(shop, owner):
    run = sent(shop, owner, file("c,,moon,,,x,y,,,,,"))
    assert [column for _, column, _ in bad(run)] == ["title", "category", "price", "stock"]


def test_lines_that_do_not_fit_each_other_are_named(shop, owner):
    imported(shop, owner, file("z-1,Whale,dried-seafood,,Small,1,1,,,,,", "z-2,Whale,dried-seafood,,Large,1,1,,,,,"))
    run = sent(shop, owner, file(
        *GOOD,
        "a-1,Cod,dried-seafood,,,1,1,,,,,",
        "a-4,Squid,fresh-seafood,,2 kg,1,1,,,,,",
        "a-5,Squid,dried-seafood,,1 kg,1,1,,,,,",
        "z-1,Whale,dried-seafood,,Large,1,1,,,,,",
    ))  # fmt: skip
    assert bad(run) == [
        (4, "code", "Line 2 has the same sku code."),
        (5, "category", "Line 2 belongs to the same product and says something else here."),
        (6, "options", "Another variant of this product is called the same. Give each its own name."),
        (7, "options", "Another variant of this product is called the same. Give each its own name."),
    ]


def test_line_numbers_are_those_an_editor_shows(shop, owner):
    run = sent(shop, owner, file('a-1,Squid,dried-seafood,,,1,1,,,"two\r\nlines",,', "", "b-1,Crab,moon,,,1,1,,,,,"))
    assert [number for number, _, _ in bad(run)] == [5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_are_found(shop, owner, encoding, separator):
    lines = ["SKU编码,商品标题*,类目,价格,库存,状态", "甲-1,舟山野生干贝,食品生鲜/海鲜水产/海味干货,￥69.90,100,草稿"]
    imported(shop, owner, "\n".join(lines).replace(",", separator).encode(encoding))
    assert goods(shop) == {"甲-1": ("舟山野生干贝", "", 6990, 100, "draft")}


@pytest.mark.parametrize(("content", "error"), [
    (b"", NoColumn), (b"a,b\n1,2", NoColumn), (file(), NoLines), (file("", ",,,,,,,,,,,"), NoLines),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), NotText), (b"\xff\xfe\x00", NotText),
    (b"x" * (5 * 1024 * 1024 + 1), FileTooLarge),
    (file(*["a,b,c,,,1,1,,,,,"] * 20_001), TooManyLines),
])  # fmt: skip
def test_a_file_that_is_none_is_refused_whole(content, error):
    with pytest.raises(error):
        read(content)


def test_what_is_exported_comes_back_unchanged(shop, owner):
    plan = offer_actions.make_freight_plan(shop.id, "Cold chain", base_minor=100)
    imported(
        shop,
        owner,
        file(
            f"a-1,=SUM(1),dried-seafood,Harbour,-500 g,49.90,10,24,{plan.name},"
            '"Sweet, “fine”\nand salty",Origin: Zhoushan,draft'
        ),
    )
    for language in ("en", "zh-hans"):
        text = "".join(exported(shop.id, language))
        assert "'=SUM(1)" in text
        run = sent(shop, owner, text.encode())
        assert (run.create, run.change, run.same, bad(run)) == (0, 0, 1, [])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_template_can_be_imported(shop, owner, language):
    run = sent(shop, owner, template(language).encode())
    assert (run.create, bad(run)) == (1, [])


def test_the_pages_show_the_dry_run_and_give_the_bad_lines_back(shop, owner):
    client = signed_in(owner.id)
    base = f"/seller/{shop.slug}/goods/import/"
    content = file(*GOOD, "b-1,=Crab,fresh-seafood,,,x,y,,,,,")
    response = client.post(base, {"file": SimpleUploadedFile("goods.csv", content)})
    assert response.status_code == 302
    address = response["Location"]
    page = client.get(address)
    validate(page.content)
    assert "Import 2 lines" in page.content.decode()
    rows = list(csv.reader(io.StringIO(client.get(f"{address}bad.csv").content.decode("utf-8-sig"))))
    assert rows[0] == [*HEAD.split(","), "Reason"]
    assert rows[1][:3] == ["b-1", "'=Crab", "fresh-seafood"]
    assert rows[1][-1] == (
        "Price: “x” is not a price between ¥0.01 and ¥10000000000.00.; "
        "Stock: “y” is not a whole number between 0 and 10000000."
    )
    assert goods(shop) == {}
    assert client.post(address).status_code == 302
    assert set(goods(shop)) == {"a-1", "a-2"}
    validate(client.get(address).content)
    validate(client.get(base).content)
    assert client.get(f"/seller/{shop.slug}/goods/export.csv").status_code == 200
    refused = client.post(base, {"file": SimpleUploadedFile("goods.csv", b"nothing")})
    assert refused.status_code == 422
    assert "is missing from the first line" in refused.content.decode()


def test_a_long_file_becomes_a_job_and_a_killed_job_begins_again(shop, owner, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 30)
    lines = [f"n-{i},Thing {i},toy,,,1.00,3,,,,," for i in range(31)]
    run = sent(shop, owner, file(*lines))
    assert (run.status, run.waiting) == ("judging", True)
    tasks.judge(str(run.id))
    client = signed_in(owner.id)
    address = f"/seller/{shop.slug}/goods/import/{run.id}/"
    assert "Import 31 lines" in client.get(address).content.decode()
    actions.carry_out(run.id)
    page = client.get(address).content.decode()
    validate(page)
    assert "0 of 31 lines" in page
    tasks.carry_out(str(run.id))
    tasks.carry_out(str(run.id))
    assert len(goods(shop)) == 31
    assert queries.import_for(owner.id, run.id).status == "done"


def test_another_shop_keeps_its_own_codes(shop, owner):
    other_owner = make_account("Other")
    other = make_shop(other_owner, "Other shop")
    imported(shop, owner, file(*GOOD))
    imported(other, other_owner, file("a-1,Squid,dried-seafood,,,1,1,,,,,"))
    assert goods(shop)["a-1"][2] == 4990
    assert goods(other)["a-1"][2] == 100


def test_what_goes_wrong_while_writing_is_named_at_its_lines(shop, owner):
    product = make_product(shop, "Taken")
    run = sent(shop, owner, file(*GOOD, f"{product.skus[0].code},Taken,dried-seafood,,500 g,1,1,,,,,listed"))
    catalogue_actions.end_product(product.id)
    from tests.makers import make_operator

    catalogue_actions.take_down_product(make_operator().id, product.id, "No.")
    actions.carry_out(run.id)
    after = queries.import_for(owner.id, run.id)
    assert bad(after) == [(4, "", "This product cannot be changed like that now. Look at its state once more.")]
    assert "a-1" in goods(shop)
    assert catalogue.product(product.id).status == "taken_down"
