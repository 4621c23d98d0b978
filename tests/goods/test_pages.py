"""The merchant's pages, over HTTP: valid HTML for those who may; nobody else sees or changes anything."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.listings import actions, queries
from laotie.goods.offers import actions as offer_actions
from laotie.goods.offers import queries as offers
from laotie.goods.stock import actions as stock_actions
from laotie.goods.stock import queries as stock
from laotie.goods.terms import actions as terms_actions
from laotie.goods.terms import queries as terms
from laotie.kit import clock
from laotie.people.creators import actions as creators
from laotie.people.notices.queries import notices
from laotie.people.standing import actions as standing
from laotie.people.standing.contracts import Standing
from laotie.places.rooms import choosing
from tests.html import validate
from tests.makers import make_account, make_category, make_operator, make_product, make_shop, make_staff

pytestmark = pytest.mark.django_db


def signed_in(account_id: UUID) -> Client:
    from django.contrib.auth import get_user_model

    client = Client()
    client.force_login(get_user_model().objects.get(pk=account_id))
    return client


@pytest.fixture
def owner():
    return make_account("Owner")


@pytest.fixture
def shop(owner):
    return make_shop(owner)


@pytest.fixture
def client(owner, shop):
    return signed_in(owner.id)


def png(width=40, height=30) -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height), "tomato").save(written, "PNG")
    return written.getvalue()


def form(category_id, **changes):
    """A listing as the editor's form sends it: one variant, one attribute."""
    return {
        "title": "Dried squid", "category": str(category_id), "brand": "Harbour", "description": "Sweet.",
        "fact-TOTAL_FORMS": "1", "fact-INITIAL_FORMS": "0", "fact-0-name": "Origin", "fact-0-value": "Zhoushan",
        "sku-TOTAL_FORMS": "1", "sku-INITIAL_FORMS": "0", "sku-0-options": "500 g", "sku-0-code": "squid-500",
        "sku-0-price": "49.90", "sku-0-stock": "12", "sku-0-ships_within_hours": "24", "sku-0-freight_plan": "",
        "sku-0-on_sale": "on", "act": "list",
    } | changes  # fmt: skip


def pages_of(shop, product):
    base = f"/seller/{shop.slug}"
    return [
        f"{base}/goods/", f"{base}/goods/new/", f"{base}/goods/{product.id}/", f"{base}/goods/{product.id}/preview/",
        f"{base}/goods/{product.id}/terms/", f"{base}/goods/import/", f"{base}/freight/", f"{base}/freight/new/",
        f"{base}/terms/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_renders(client, shop, language):
    product = make_product(shop, skus=2)
    offer = offers.offers_of_product(product.id)[0]
    offer_actions.make_freight_plan(
        shop.id, "Cold chain", base_minor=1200, regions={"XJ": 500, "TW": None}, arrives_within_days=3
    )
    now = clock.now()
    terms_actions.set_timed_price(offer.id, 5000, now, now + timedelta(days=1), cap_per_buyer=2, allotment=9)
    terms_actions.set_cap(offer.id, 5)
    terms_actions.offer_plan(offer.id, 1250)
    for address in pages_of(shop, product):
        response = client.get(address, headers={"accept-language": language})
        assert response.status_code == 200, address
        validate(response.content)


def test_a_weak_shop_reads_why_it_may_offer_no_plan(client, shop):
    product = make_product(shop)
    standing.write([Standing(shop.id, clock.now(), "weak", 5000, may_offer_plans=False, settlement_days=14)])
    address = f"/seller/{shop.slug}/goods/{product.id}/terms/"
    page = client.get(address).content.decode()
    validate(page)
    assert f'href="/seller/{shop.slug}/standing"' in page
    assert "Offer a commission" not in page
    offer = offers.offers_of_product(product.id)[0]
    client.post(address, {"act": "commission", "offer": str(offer.id), "rate": "10"})
    assert terms.commission_plans([offer.id], clock.now()) == []


def test_an_empty_console_says_what_to_do(client, shop):
    page = client.get(f"/seller/{shop.slug}/goods/").content.decode()
    validate(page)
    assert "Nothing on your shelf yet" in page
    assert f"/seller/{shop.slug}/goods/new/" in page


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("buyer", 403), ("other", 403), ("orders", 403), ("goods", 200)]
)
def test_only_those_who_keep_the_goods_see_the_pages(owner, shop, who, status):
    product = make_product(shop, "Secret squid")
    stranger = make_account("Other")
    make_shop(stranger, "Other shop")
    clients = {
        "visitor": Client, "buyer": lambda: signed_in(make_account().id), "other": lambda: signed_in(stranger.id),
        "orders": lambda: signed_in(make_staff(owner, shop, "orders").id),
        "goods": lambda: signed_in(make_staff(owner, shop, "goods").id),
    }  # fmt: skip
    client = clients[who]()
    for address in pages_of(shop, product):
        response = client.get(address)
        assert response.status_code == status, address
        assert status == 200 or b"Secret squid" not in response.content


@pytest.mark.parametrize("who", ["visitor", "buyer", "other"])
def test_nobody_else_changes_anything(owner, shop, who):
    product = make_product(shop, "Secret squid", price_minor=1000, stock=7)
    offer = offers.offers_of_product(product.id)[0]
    stranger = make_account("Other")
    other = make_shop(stranger, "Other shop")
    client = {"visitor": Client(), "buyer": signed_in(make_account().id), "other": signed_in(stranger.id)}[who]
    prefix = f"q{product.id.hex}"
    quick = {
        f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "1", f"{prefix}-0-offer_id": str(offer.id),
        f"{prefix}-0-price": "1", f"{prefix}-0-stock": "0", f"{prefix}-0-stock_seen": "7",
    }  # fmt: skip
    for slug in {shop.slug, other.slug}:
        base = f"/seller/{slug}/goods"
        client.post(f"{base}/{product.id}/", form(product.category_id))
        client.post(f"{base}/{product.id}/quick/", quick)
        client.post(f"{base}/{product.id}/state/", {"act": "end"})
        client.post(f"{base}/many/", {"act": "end", "product": str(product.id)})
        client.post(f"{base}/{product.id}/terms/", {"act": "cap", "offer": str(offer.id), "cap": "1"})
    after = catalogue.product(product.id)
    assert (after.title, after.status, after.skus) == ("Secret squid", "listed", product.skus)
    assert offers.offer(offer.id) == offer
    assert stock.available([offer.id]) == {offer.id: 7}
    assert terms.caps([offer.id]) == {}


def test_a_product_is_made_in_one_form(client, shop):
    category = make_category()
    response = client.post(
        f"/seller/{shop.slug}/goods/new/",
        form(category.id) | {"pictures": [SimpleUploadedFile("a.png", png()), SimpleUploadedFile("b.png", png())]},
    )
    assert response.status_code == 302, response.content.decode()
    row = queries.page(shop.id).rows[0]
    product = row.product
    assert (product.title, product.status, product.brand, dict(product.facts)) == (
        "Dried squid",
        "listed",
        "Harbour",
        {"Origin": "Zhoushan"},
    )
    assert len(product.pictures) == 2
    assert [(v.options, v.code, v.offer.price.minor, v.left, v.offer.ships_within_hours) for v in row.variants] == [
        ("500 g", "squid-500", 4990, 12, 24)
    ]


def test_nothing_typed_is_lost_when_something_is_wrong(client, shop):
    category = make_category()
    sent = form(category.id, **{"sku-0-price": "much", "title": "Kept words"}) | {
        "pictures": SimpleUploadedFile("a.png", png())
    }
    response = client.post(f"/seller/{shop.slug}/goods/new/", sent)
    page = response.content.decode()
    validate(page)
    assert response.status_code == 422
    assert "“much” is not an amount in CNY." in page
    assert "Kept words" in page
    assert 'name="picture" value="' in page
    assert queries.page(shop.id).total == 0


def test_a_row_is_added_without_losing_the_others(client, shop):
    category = make_category()
    response = client.post(f"/seller/{shop.slug}/goods/new/", form(category.id, act="add_variant"))
    page = response.content.decode()
    validate(page)
    assert response.status_code == 200
    assert 'name="sku-1-price"' in page
    assert 'value="squid-500"' in page
    assert queries.page(shop.id).total == 0


def test_an_edit_keeps_what_was_sold_meanwhile(client, shop):
    product = make_product(shop, stock=10)
    variant = queries.row(product).variants[0]
    stock_actions.take(variant.offer.id, 3)
    sent = form(product.category_id, act="save", **{
        "sku-INITIAL_FORMS": "1", "sku-0-sku_id": str(variant.sku_id), "sku-0-stock": "15", "sku-0-stock_seen": "10",
    })  # fmt: skip
    assert client.post(f"/seller/{shop.slug}/goods/{product.id}/", sent).status_code == 302
    row = queries.row(catalogue.product(product.id))
    assert [(v.sku_id, v.options, v.left) for v in row.variants] == [(variant.sku_id, "500 g", 12)]


def test_a_removed_variant_is_not_sold_any_more(client, shop):
    product = make_product(shop, skus=2)
    first, second = queries.row(product).variants
    sent = form(product.category_id, act="save", **{
        "sku-TOTAL_FORMS": "2", "sku-INITIAL_FORMS": "2", "sku-0-sku_id": str(first.sku_id), "sku-1-DELETE": "on",
        "sku-1-sku_id": str(second.sku_id), "sku-1-price": "1",
    })  # fmt: skip
    assert client.post(f"/seller/{shop.slug}/goods/{product.id}/", sent).status_code == 302
    assert [v.sku_id for v in queries.row(catalogue.product(product.id)).variants] == [first.sku_id]
    assert offers.offer(second.offer.id).status == "off"


def test_quick_edit_answers_with_the_row(client, shop):
    product = make_product(shop, price_minor=1000, stock=7)
    offer = offers.offers_of_product(product.id)[0]
    prefix = f"q{product.id.hex}"
    sent = {
        f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "1", f"{prefix}-0-offer_id": str(offer.id),
        f"{prefix}-0-price": "8.88", f"{prefix}-0-stock": "9", f"{prefix}-0-stock_seen": "7",
    }  # fmt: skip
    response = client.post(f"/seller/{shop.slug}/goods/{product.id}/quick/", sent, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "¥8.88" in response.content.decode()
    assert (offers.offer(offer.id).price.minor, stock.available([offer.id])) == (888, {offer.id: 9})


def test_ending_many_can_be_undone(client, shop):
    products = [make_product(shop, f"Squid {i}") for i in range(2)]
    base = f"/seller/{shop.slug}/goods"
    ids = [str(product.id) for product in products]
    page = client.post(f"{base}/many/", {"act": "end", "product": ids}, follow=True).content.decode()
    assert "2 products are ended." in page
    assert {product.status for product in catalogue.products([p.id for p in products]).values()} == {"ended"}
    client.post(f"{base}/many/", {"act": "list", "product": ids})
    assert {product.status for product in catalogue.products([p.id for p in products]).values()} == {"listed"}


def test_the_list_is_searched_by_title_and_code(client, shop):
    make_product(shop, "Dried squid")
    other = make_product(shop, "Fresh crab")
    code = other.skus[0].code
    base = f"/seller/{shop.slug}/goods/"
    for words, seen, unseen in [("squid", "Dried squid", "Fresh crab"), (code, "Fresh crab", "Dried squid")]:
        page = client.get(base, {"q": words}).content.decode()
        assert seen in page
        assert unseen not in page
    assert "Nothing matches" in client.get(base, {"q": "pearl"}).content.decode()


def test_the_list_asks_the_same_number_of_questions_for_any_length(client, shop):
    asked = []
    for _ in range(2):
        for i in range(4):
            make_product(shop, f"Squid {i}", skus=2)
        client.get(f"/seller/{shop.slug}/goods/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/seller/{shop.slug}/goods/").status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 30  # most of them the console's own, for its navigation


def test_a_freight_plan_is_kept_and_removed(client, shop):
    sent = {
        "name": "Cold chain", "base": "12", "each_more": "3.50", "free_from": "199", "act": "save",
        "region-TOTAL_FORMS": "2", "region-INITIAL_FORMS": "0",
        "region-0-region": "Xinjiang", "region-0-surcharge": "20",
        "region-1-region": "Taiwan", "region-1-not_served": "on",
    }  # fmt: skip
    assert client.post(f"/seller/{shop.slug}/freight/new/", sent).status_code == 302
    plan = offers.plans_of_merchant(shop.id)[0]
    assert (plan.base.minor, plan.each_more.minor, plan.free_from.minor) == (1200, 350, 19900)
    assert {region: extra and extra.minor for region, extra in plan.regions.items()} == {
        "Xinjiang": 2000,
        "Taiwan": None,
    }
    assert client.post(f"/seller/{shop.slug}/freight/{plan.id}/", {"act": "remove"}).status_code == 302
    assert offers.plans_of_merchant(shop.id) == []


def test_terms_are_set_and_ended_on_the_product(client, shop):
    product = make_product(shop, price_minor=10000)
    offer = offers.offers_of_product(product.id)[0]
    base = f"/seller/{shop.slug}/goods/{product.id}/terms/"
    now = clock.now()
    timed = {
        "act": "timed", "offer": str(offer.id), "price": "79", "starts_at": now.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"), "cap_per_buyer": "2", "allotment": "",
    }  # fmt: skip
    assert client.post(base, timed).status_code == 302
    again = client.post(base, timed)
    assert again.status_code == 422
    assert "This overlaps with what already holds" in again.content.decode()
    assert (
        client.post(base, {"act": "commission", "offer": str(offer.id), "rate": "12.5", "ends_at": ""}).status_code
        == 302
    )
    held = terms.terms([offer.id], None, now + timedelta(hours=10))[offer.id]
    assert (held.price_minor, held.cap_per_buyer) == (7900, 2)
    (plan,) = terms.commission_plans([offer.id], now)
    assert plan.rate_bp == 1250
    client.post(base, {"act": "end_commission", "id": str(plan.id)})
    assert terms.commission_plans([offer.id], clock.now()) == []


def test_a_commission_for_named_creators_is_theirs_alone(client, shop):
    """Named by the address of the page or by the name; they are told, and find it among what they may sell."""
    product = make_product(shop, price_minor=10000)
    offer = offers.offers_of_product(product.id)[0]
    jian, mei, other = (make_account(name) for name in ("Jian", "Mei", "Other"))
    for each in (jian, mei, other):
        creators.join(each.id, each.name.lower() + "-live", "Seafood")
    base = f"/seller/{shop.slug}/goods/{product.id}/terms/"
    said = {"act": "commission", "offer": str(offer.id), "rate": "20", "creators": "Nobody, Mei"}
    refused = client.post(base, said)
    assert refused.status_code == 422
    assert "No creator, or more than one, is called Nobody." in refused.content.decode()
    assert client.post(base, said | {"creators": "https://market.example/u/jian-live\nMei"}).status_code == 302
    assert client.post(base, said | {"rate": "8", "creators": ""}).status_code == 302
    assert [[plan.rate_bp for plan in terms.plans_for(each.id, clock.now(), 9)] for each in (jian, mei, other)] == [
        [2000, 800], [2000, 800], [800],
    ]  # fmt: skip
    assert [choice.named for each in (jian, other) for choice in choosing.choices(each.id)] == [True, False]
    (told,) = notices(mei.id)
    assert told.sentence.startswith("{shop} made a commission plan of {rate} for you")
    assert told.data["rate"] == "20 %"
    assert notices(other.id) == []
    page = client.get(base).content.decode()
    assert page.count('<a class="link" href="/u/jian-live') == 1
    assert "All creators" in page


def test_operators_take_down_and_the_owner_is_told(shop, owner):
    product = make_product(shop, "Fake jade")
    operator = signed_in(make_operator().id)
    address = f"/operator/goods/{product.id}/"
    validate(operator.get("/operator/goods/").content)
    validate(operator.get(address).content)
    assert operator.post(address, {"act": "take_down", "reason": ""}).status_code == 422
    assert operator.post(address, {"act": "take_down", "reason": "No certificate."}).status_code == 302
    assert catalogue.product(product.id).takedown_reason == "No certificate."
    validate(operator.get(address).content)
    told = [notice for notice in notices(owner.id) if notice.sentence.endswith("was taken down: {reason}")]
    assert [notice.data for notice in told] == [{"title": "Fake jade", "reason": "No certificate."}]
    seller = signed_in(owner.id)
    seller.post(f"/seller/{shop.slug}/goods/{product.id}/state/", {"act": "list"})
    assert catalogue.product(product.id).status == "taken_down"
    operator.post(address, {"act": "restore"})
    assert catalogue.product(product.id).status == "ended"


def test_operators_keep_the_tree(shop):
    operator = signed_in(make_operator().id)
    operator.post("/operator/categories/", {"act": "plant"})
    sent = {
        "name_zh": "花卉",
        "name_en": "Flowers",
        "slug": "flowers",
        "parent": str(catalogue.category_by_slug("home").id),
    }
    assert operator.post("/operator/categories/", sent).status_code == 302
    assert operator.post("/operator/categories/", sent).status_code == 422
    node = catalogue.category_by_slug("flowers")
    address = f"/operator/categories/{node.id}/"
    validate(operator.get("/operator/categories/").content)
    validate(operator.get(address).content)
    operator.post(address, {"act": "rename", "name_zh": "鲜花", "name_en": "Fresh flowers"})
    operator.post(address, {"act": "move", "parent": "", "place": "1"})
    assert (catalogue.categories()[0].slug, catalogue.categories()[0].name_zh, catalogue.categories()[0].level) == (
        "flowers",
        "鲜花",
        1,
    )
    operator.post(address, {"act": "remove"})
    assert "flowers" not in {root.slug for root in catalogue.categories()}
    for stranger, status in [(Client(), 302), (signed_in(make_account().id), 403)]:
        assert stranger.get("/operator/categories/").status_code == status
        assert stranger.post("/operator/categories/", {"act": "plant"}).status_code == status


def test_relisting_says_what_is_missing(client, shop):
    product = make_product(shop)
    offer_actions.take_off_sale(offers.offers_of_product(product.id)[0].id)
    actions.end_many(shop.id, [product.id])
    page = client.post(f"/seller/{shop.slug}/goods/{product.id}/state/", {"act": "list"}, follow=True).content.decode()
    assert "Give at least one variant a price before you list this product." in page
