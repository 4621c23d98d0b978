"""The catalogue: the tree, what a product may say, and the states it goes through."""

import itertools
from uuid import uuid4

import pytest

from laotie.goods.catalogue import actions, queries
from laotie.goods.catalogue.contracts import ProductDraft, SkuDraft
from laotie.goods.catalogue.errors import (
    CodeTaken,
    HasChildren,
    HasProducts,
    InItself,
    NoSkus,
    NoSuchCategory,
    NoSuchProduct,
    NotALeaf,
    SameOptions,
    SlugTaken,
    StrangePicture,
    TooDeep,
    TooMuch,
    WrongStatus,
)
from laotie.goods.catalogue.transitions import TRANSITIONS
from laotie.kit.text import BadText
from laotie.stream.outbox.models import OutboxRow
from tests.makers import make_account, make_category, make_operator, make_product, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    return make_shop(make_account())


def facts(*kinds):
    rows = OutboxRow.objects.filter(kind__in=kinds).order_by("pk")
    return [(row.kind, row.body) for row in rows]


class TestTree:
    def test_the_usual_tree_is_planted_once(self):
        first, second = actions.plant_categories(), actions.plant_categories()
        nodes = queries.all_categories().values()
        assert (first, second) == (len(nodes), 0)
        assert {node.level for node in nodes} == {1, 2, 3}
        assert all(node.level == 3 for node in nodes if not node.children)

    def test_names_follow_the_language(self):
        node = actions.add_category("crab", "螃蟹", "Crab")
        assert (node.name("zh-hans"), node.name("en")) == ("螃蟹", "Crab")
        assert queries.category_by_slug("crab").id == node.id
        with pytest.raises(NoSuchCategory):
            queries.category_by_slug("moon")

    def test_a_path_leads_from_the_root_to_the_leaf(self):
        leaf = make_category()
        assert [node.level for node in queries.category_path(leaf.id)] == [1, 2, 3]

    def test_what_would_break_the_tree_is_refused(self, shop):
        leaf = make_category()
        root, group, _ = queries.category_path(leaf.id)
        other = make_category("Other")
        with pytest.raises(TooDeep):
            actions.add_category("deeper", "深", "Deeper", leaf.id)
        with pytest.raises(SlugTaken):
            actions.add_category(leaf.slug, "同", "Same")
        with pytest.raises(InItself):
            actions.move_category(root.id, group.id, 0)
        with pytest.raises(TooDeep):
            actions.move_category(root.id, queries.category_path(other.id)[0].id, 0)
        with pytest.raises(HasChildren):
            actions.remove_category(group.id)
        actions.create_product(shop.id, ProductDraft("Squid", leaf.id))
        with pytest.raises(HasProducts):
            actions.remove_category(leaf.id)

    def test_moving_takes_along_what_hangs_below(self):
        leaf = make_category()
        root, group, _ = queries.category_path(leaf.id)
        actions.move_category(group.id, None, 0)
        assert [node.slug for node in queries.category_path(leaf.id)] == [group.slug, leaf.slug]
        assert (queries.category(leaf.id).level, queries.category(root.id).children) == (2, ())
        assert queries.categories()[0].slug == group.slug


class TestProducts:
    def test_it_says_what_was_said(self, shop):
        leaf = make_category()
        draft = ProductDraft(
            " Dried  squid ",
            leaf.id,
            "Sweet.\r\nSalty.",
            "Harbour",
            {"Origin": "Zhoushan"},
            (),
            (SkuDraft("500 g", "s-1"),),
        )
        product = actions.create_product(shop.id, draft)
        assert (product.title, product.description, product.brand) == ("Dried squid", "Sweet.\nSalty.", "Harbour")
        assert [(sku.options, sku.code) for sku in product.skus] == [("500 g", "s-1")]
        assert (product.status, product.listed_at, dict(product.facts)) == ("draft", None, {"Origin": "Zhoushan"})

    def test_one_brand_however_it_is_written(self):
        assert actions.ensure_brand("Harbour Fish").id == actions.ensure_brand("harbour  fish").id
        assert actions.ensure_brand("渔家乐").id == actions.ensure_brand("渔家乐").id
        assert actions.ensure_brand("！！！").id == actions.ensure_brand("！！！").id

    def test_bad_ones_are_refused_and_nothing_is_written(self, shop):
        leaf = make_category()
        root = queries.category_path(leaf.id)[0]
        two = (SkuDraft("500 g", "a"), SkuDraft("500 g", "b"))
        refused = [
            (BadText, {"title": " "}), (BadText, {"title": "x" * 161}), (BadText, {"title": "a\0b"}),
            (BadText, {"description": "x" * 8001}), (BadText, {"facts": {"": "x"}}), (BadText, {"facts": {"x": ""}}),
            (TooMuch, {"facts": {str(i): "x" for i in range(31)}}), (NotALeaf, {"category_id": root.id}),
            (NoSuchCategory, {"category_id": uuid4()}), (NoSkus, {"skus": ()}), (SameOptions, {"skus": two}),
            (CodeTaken, {"skus": (SkuDraft("1", "a"), SkuDraft("2", "a"))}),
            (TooMuch, {"skus": tuple(SkuDraft(str(i)) for i in range(61))}), (StrangePicture, {"pictures": (uuid4(),)}),
        ]  # fmt: skip
        for error, changes in refused:
            with pytest.raises(error):
                actions.create_product(shop.id, ProductDraft(**({"title": "Squid", "category_id": leaf.id} | changes)))
        assert sum(queries.counts_of_merchant(shop.id).values()) == 0

    def test_codes_may_change_places_and_retired_ones_are_free(self, shop):
        leaf = make_category()
        product = actions.create_product(
            shop.id, ProductDraft("Squid", leaf.id, skus=(SkuDraft("1", "a"), SkuDraft("2", "b")))
        )
        first, second = product.skus
        swapped = (SkuDraft("1", "b", first.id), SkuDraft("2", "a", second.id))
        product = actions.update_product(product.id, ProductDraft("Squid", leaf.id, skus=swapped))
        assert [(sku.id, sku.code) for sku in product.skus] == [(first.id, "b"), (second.id, "a")]
        product = actions.update_product(
            product.id, ProductDraft("Squid", leaf.id, skus=(SkuDraft("1", "b", first.id), SkuDraft("3", "a")))
        )
        assert [sku.code for sku in product.skus] == ["b", "a"]
        assert queries.skus([second.id])[second.id].options == "2"

    def test_another_shop_may_use_the_same_codes_and_ids_do_not_leak(self, shop):
        leaf = make_category()
        mine = actions.create_product(shop.id, ProductDraft("Squid", leaf.id, skus=(SkuDraft("1", "a"),)))
        other = make_shop(make_account("Other"), "Other shop")
        stolen = SkuDraft("1", "a", mine.skus[0].id)
        theirs = actions.create_product(other.id, ProductDraft("Squid", leaf.id, skus=(stolen,)))
        assert theirs.skus[0].id != mine.skus[0].id
        assert queries.product(mine.id) == mine

    def test_reads_take_one_question_for_any_number(self, shop, django_assert_num_queries):
        made = [make_product(shop, f"Squid {i}", skus=2) for i in range(5)]
        with django_assert_num_queries(1):
            assert len(queries.products([product.id for product in made])) == 5
        with pytest.raises(NoSuchProduct):
            queries.product(uuid4())


class TestStates:
    ACTS = ("list", "end", "take_down", "restore")

    def act(self, name, product_id):
        operator = make_operator().id
        return {
            "list": lambda: actions.mark_listed(product_id),
            "end": lambda: actions.end_product(product_id),
            "take_down": lambda: actions.take_down_product(operator, product_id, "No certificate."),
            "restore": lambda: actions.restore_product(operator, product_id),
        }[name]()  # fmt: skip

    @pytest.mark.parametrize(
        ("path", "name"), list(itertools.product([(), ("list",), ("list", "end"), ("take_down",)], ACTS))
    )
    def test_only_the_table_s_ways_lead_on(self, shop, path, name):
        product = actions.create_product(shop.id, ProductDraft("Squid", make_category().id))
        for step in path:
            self.act(step, product.id)
        before = queries.product(product.id)
        if (before.status, name) in TRANSITIONS:
            assert self.act(name, product.id).status == TRANSITIONS[before.status, name]
        else:
            with pytest.raises(WrongStatus):
                self.act(name, product.id)
            assert queries.product(product.id) == before

    def test_each_step_is_a_fact(self, shop):
        product = make_product(shop, "Squid")
        offer_facts = len(facts("offer.changed"))
        actions.update_product(
            product.id, ProductDraft("Rings", product.category_id, skus=(SkuDraft("1", "", product.skus[0].id),))
        )
        actions.end_product(product.id)
        actions.take_down_product(make_operator().id, product.id, "Fake.")
        told = facts("product.listed", "product.changed", "product.ended", "product.taken_down")
        assert [kind for kind, _ in told] == [
            "product.listed",
            "product.changed",
            "product.ended",
            "product.taken_down",
        ]
        assert {body["product_id"] for _, body in told} == {str(product.id)}
        assert (told[1][1]["title"], told[3][1]["reason"], offer_facts) == ("Rings", "Fake.", 1)
