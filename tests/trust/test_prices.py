"""Prices are compared among the same items, once a night, shown beside the price and handed to the product score."""

from datetime import UTC, datetime, timedelta

import pytest

from laotie.goods.catalogue.actions import add_category
from laotie.goods.listings import actions as listings
from laotie.goods.listings.contracts import Listing, ListingSku
from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import OfferChanged
from laotie.kit import clock
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders.contracts import LinePlaced
from laotie.trust.prices import actions, queries
from laotie.trust.prices.contracts import ITEM, NONE, PriceCompared
from laotie.trust.prices.errors import NotCompared
from laotie.trust.scores.gathering import gather
from laotie.trust.voids.contracts import DealVoided
from tests.html import validate
from tests.makers import make_account, make_shop
from tests.trust.market_days import History, key

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight in Shanghai
DAY = (NIGHT - timedelta(hours=1)).date()
TITLE = "Xerox 006R90321 toner cartridge original black"


class Market:
    """Four shops that sell one cartridge, and one that sells a mug; and their facts."""

    def __init__(self, folder):
        self.folder, self.history = folder, History()
        leaf = add_category("toner", name_zh="墨盒", name_en="Toner")
        self.products, self.shops = [], []
        for n, price in enumerate([10_000, 11_000, 9_000, 12_100]):
            self.sell(leaf, f"Shop {n}", TITLE, price, {"EAN": "4006381333931"})
        self.sell(leaf, "Mugs", "Enamel mug", 3_000, {})

    def sell(self, leaf, name, title, price, facts):
        shop = make_shop(make_account(f"Owner{len(self.shops)}"), name)
        sku = (ListingSku(price_minor=price, stock=5, options="", code=""),)
        product = listings.list_product(shop.id, Listing(title=title, category_id=leaf.id, facts=facts, skus=sku))
        self.products.append(product)
        self.shops.append(shop)
        self.price(len(self.products) - 1, price, NIGHT - timedelta(days=40))

    def price(self, n, minor, at, on_sale=True):
        product = self.products[n]
        (offer,) = offers.offers_of_product(product.id)
        self.history.add(
            OfferChanged(offer.id, offer.sku_id, product.id, product.merchant_id, minor, on_sale, False), at
        )

    def carried(self, n, freight, name):
        line = LinePlaced(
            order_id=key(f"order {name}"), line_id=key(f"line {name}"), shop_id=self.shops[n].id, buyer=key("buyer"),
            product_id=self.products[n].id, sku_id=key("sku"), offer_id=key("offer"), category_id=None, quantity=2,
            unit_price_minor=1000, list_price_minor=None, discount_minor=0, freight_minor=freight, currency="CNY",
            creator=None, commission_bp=0, entry="direct", session_id=None, card_id=None, clip_id=None,
            decision_id=None, ships_within_hours=48,
        )  # fmt: skip
        self.history.add(line, NIGHT - timedelta(days=2))

    def compare(self):
        with clock.travel(NIGHT):
            return actions.compare(self.history.lake(self.folder), DAY)

    def index(self, n):
        return queries.compared(self.products[n].id).index


@pytest.fixture
def market(tmp_path):
    return Market(tmp_path)


def test_the_index_is_over_the_median_of_the_same_item(market):
    assert market.compare() == 5
    assert [market.index(n) for n in range(4)] == pytest.approx([100 / 105, 110 / 105, 90 / 105, 121 / 105], abs=1e-4)
    found = queries.compared(market.products[1].id)
    assert (found.basis, found.sellers, found.landed.minor) == (ITEM, 4, 11_000)
    assert [row.product_id for row in queries.same_items(found)] == [market.products[n].id for n in (2, 0, 1, 3)]
    mug = queries.compared(market.products[4].id)
    assert (mug.basis, mug.index) == (NONE, None)


def test_freight_counts_and_that_of_void_deals_does_not(market):
    market.carried(0, 4_000, "real")
    market.carried(0, 90_000, "void")
    market.history.add(DealVoided(key("line void"), key("order void"), market.shops[0].id, "x/1", key("c")), NIGHT)
    market.compare()
    assert queries.compared(market.products[0].id).landed.minor == 12_000


def test_a_price_counts_after_a_day_and_raising_before_cutting_earns_nothing(market):
    market.price(0, 5_000, NIGHT - timedelta(hours=5))
    market.price(1, 15_000, NIGHT - timedelta(days=9))
    market.price(1, 11_000, NIGHT - timedelta(days=2))
    market.compare()
    assert market.index(0) == pytest.approx(100 / 105, abs=1e-4)
    assert queries.compared(market.products[1].id).cut == 0
    assert market.index(1) == pytest.approx(110 / 105, abs=1e-4)


def test_what_is_off_sale_is_compared_with_nothing(market):
    market.compare()
    market.price(0, 10_000, NIGHT - timedelta(days=3), on_sale=False)
    market.compare()
    with pytest.raises(NotCompared):
        queries.compared(market.products[0].id)
    assert queries.compared(market.products[1].id).sellers == 3


def test_a_fact_is_left_for_what_changed_only(market):
    market.compare()
    market.compare()
    assert OutboxRow.objects.filter(kind="price.compared").count() == 5
    market.price(3, 10_500, NIGHT - timedelta(days=2))
    market.compare()
    assert OutboxRow.objects.filter(kind="price.compared").count() == 7  # its own, and the points lent to the mug


def test_the_table_for_scores_is_that_of_the_day(market):
    assert queries.price_index(market.history.lake(market.folder), DAY, NIGHT).num_rows == 0
    ours = market.products[0]
    for days, points in ((3, 8_000), (1, 2_500)):
        fact = PriceCompared(ours.id, ours.merchant_id, ITEM, 10_600, points, 4, ours.id)
        market.history.add(fact, NIGHT - timedelta(days=days))
    lake = market.history.lake(market.folder)
    rows = [queries.price_index(lake, DAY - timedelta(days=back), NIGHT).to_pylist() for back in (0, 1, 5)]
    assert rows == [
        [{"product_id": str(ours.id), "points": 0.25, "n": 4}],
        [{"product_id": str(ours.id), "points": 0.8, "n": 4}],
        [],
    ]
    assert queries.price_index(lake, DAY, NIGHT - timedelta(days=2)).to_pylist()[0]["points"] == 0.8


def test_the_product_page_says_where_the_price_stands(market, client):
    market.compare()
    page = client.get(f"/p/{market.products[3].id}").content.decode()
    validate(page)
    assert "15 % above the usual price" in page
    assert "the same item at 4 shops" in page
    assert page.index("Shop 2") < page.index("Shop 0")
    assert "usual price" not in client.get(f"/p/{market.products[4].id}").content.decode()


def test_points_reach_the_product_score_of_the_day(market):
    facts = scored_facts(market)
    assert facts.sides.price_index is None
    ours = market.products[0]
    fact = PriceCompared(ours.id, ours.merchant_id, ITEM, 10_600, 8_000, 4, ours.id)
    market.history.add(fact, NIGHT - timedelta(days=1))
    rows = scored_facts(market).sides.price_index.to_pyarrow().to_pylist()
    assert rows == [{"product_id": str(ours.id), "points": 0.8, "n": 4}]


def scored_facts(market):
    return gather(market.history.lake(market.folder), DAY, "Asia/Shanghai", NIGHT)
