"""Goods over REST: what is answered, and who may what."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from laotie.goods.catalogue import actions as catalogue_actions
from laotie.goods.catalogue import queries as catalogue
from laotie.goods.offers import actions as offer_actions
from laotie.goods.offers import queries as offers
from laotie.goods.stock import queries as stock
from laotie.goods.terms import actions as terms_actions
from laotie.goods.terms import queries as terms
from laotie.kit import clock
from tests.goods.test_pages import signed_in
from tests.makers import make_account, make_category, make_operator, make_product, make_shop, make_staff

pytestmark = pytest.mark.django_db
ROOT = "/api/goods"
DAY = timedelta(days=1)


@pytest.fixture
def owner():
    return make_account("Owner")


@pytest.fixture
def shop(owner):
    return make_shop(owner)


@pytest.fixture
def client(owner):
    return signed_in(owner.id)


def call(client: Client, method: str, path: str, body: object = None):
    return getattr(client, method)(f"{ROOT}{path}", body, content_type="application/json")


def listing(**changes):
    variant = {"price_minor": 4990, "stock": 12, "options": "500 g", "code": "squid-500"}
    return {"title": "Dried squid", "category_id": str(make_category().id), "variants": [variant]} | changes


def test_a_product_is_made_read_changed_and_ended(client, shop):
    made = call(client, "post", f"/shops/{shop.id}/products", listing(facts={"Origin": "Zhoushan"}))
    assert made.status_code == 201, made.content
    product = made.json()
    (variant,) = product["variants"]
    assert (product["status"], product["facts"], variant["price_minor"], variant["left"]) == (
        "listed",
        {"Origin": "Zhoushan"},
        4990,
        12,
    )
    assert call(Client(), "get", f"/products/{product['id']}").json() == product
    again = call(client, "post", f"/shops/{shop.id}/products", listing())
    assert (again.status_code, again.json()["code"]) == (422, "catalogue.code_taken")
    changed = listing(
        title="Squid rings", variants=[{"price_minor": 5990, "sku_id": variant["sku_id"], "options": "Rings"}]
    )
    saved = call(client, "put", f"/products/{product['id']}", changed).json()
    assert (saved["title"], [(v["sku_id"], v["price_minor"], v["left"]) for v in saved["variants"]]) == (
        "Squid rings",
        [(variant["sku_id"], 5990, 12)],
    )
    assert call(client, "post", f"/products/{product['id']}/end").json()["status"] == "ended"
    assert call(client, "post", f"/products/{product['id']}/end").status_code == 409
    assert call(Client(), "get", f"/products/{product['id']}").status_code == 404
    assert call(client, "get", f"/products/{product['id']}/kept").json()["status"] == "ended"
    assert call(client, "post", f"/products/{product['id']}/list").json()["status"] == "listed"
    listed = call(client, "get", f"/shops/{shop.id}/products?words=rings&status=listed").json()
    assert (listed["total"], [each["id"] for each in listed["products"]]) == (1, [product["id"]])


def test_prices_stock_and_terms(client, shop):
    product = make_product(shop, price_minor=10000, stock=5)
    offer = offers.offers_of_product(product.id)[0]
    base, now = f"/offers/{offer.id}", clock.now()
    assert call(client, "patch", base, {"price_minor": 9000}).json()["price_minor"] == 9000
    assert call(client, "patch", base, {"on_sale": False}).json()["on_sale"] is False
    assert [each["price_minor"] for each in call(client, "get", f"{base}/prices").json()] == [9000, 10000]
    assert call(client, "put", f"{base}/stock", {"count": 8, "seen": 4}).json() == {"left": 9}
    assert call(client, "put", f"{base}/cap", {"cap": 3}).status_code == 204
    assert terms.caps([offer.id]) == {offer.id: 3}
    span = {"starts_at": now.isoformat(), "ends_at": (now + DAY).isoformat()}
    timed = call(client, "post", f"{base}/timed-prices", {"price_minor": 7000, "allotment": 4, **span})
    assert (timed.status_code, timed.json()["left"]) == (201, 4)
    assert call(client, "post", f"{base}/timed-prices", {"price_minor": 7000, **span}).json()["code"] == "terms.overlap"
    assert [each["id"] for each in call(client, "get", f"{base}/timed-prices").json()] == [timed.json()["id"]]
    assert call(client, "delete", f"/timed-prices/{timed.json()['id']}").status_code == 204
    plan = call(client, "post", f"{base}/commissions", {"rate_bp": 1500})
    assert (plan.status_code, plan.json()["rate_bp"]) == (201, 1500)
    assert call(client, "delete", f"/commissions/{plan.json()['id']}").status_code == 204
    assert call(client, "get", f"{base}/commissions").json() == []


def test_freight_plans(client, shop):
    wanted = {"name": "Cold chain", "base_minor": 1200, "regions": {"Xinjiang": 500, "Taiwan": None}}
    made = call(client, "post", f"/shops/{shop.id}/freight-plans", wanted)
    assert (made.status_code, made.json()["regions"]) == (201, {"Xinjiang": 500, "Taiwan": None})
    path = f"/freight-plans/{made.json()['id']}"
    assert call(client, "put", path, wanted | {"base_minor": 900}).json()["base_minor"] == 900
    product = make_product(shop)
    offer = offers.offers_of_product(product.id)[0]
    call(client, "patch", f"/offers/{offer.id}", {"freight_plan_id": made.json()["id"]})
    refused = call(client, "delete", path)
    assert (refused.status_code, refused.json()["data"]) == (409, {"count": 1})
    call(client, "patch", f"/offers/{offer.id}", {"freight_plan_id": None})
    assert call(client, "delete", path).status_code == 204


def test_files(client, shop, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG")
    sent = client.post(f"{ROOT}/shops/{shop.id}/pictures", {"file": SimpleUploadedFile("a.png", file.getvalue())})
    assert (sent.status_code, sent.json()["url"][-9:]) == (201, "1080.webp")
    assert client.post(f"{ROOT}/shops/{shop.id}/pictures", {"file": SimpleUploadedFile("a", b"no")}).status_code == 422
    catalogue_actions.plant_categories()
    content = b"code,title,category,price,stock\na-1,Squid,toy,1,1\na-2,Crab,toy,x,1\n"
    run = client.post(f"{ROOT}/shops/{shop.id}/imports", {"file": SimpleUploadedFile("a.csv", content)})
    assert (run.status_code, run.json()["create"]) == (201, 1)
    assert [(bad["line"], bad["column"]) for bad in run.json()["bad"]] == [(3, "price")]
    path = f"/imports/{run.json()['id']}"
    assert call(client, "post", f"{path}/carry-out").json()["status"] == "done"
    assert call(client, "post", f"{path}/carry-out").status_code == 409
    assert call(client, "get", path).json()["bad_lines"] == 1
    assert b"a-1" in b"".join(client.get(f"{ROOT}/shops/{shop.id}/export").streaming_content)


def test_cards_keep_the_order_asked_for(shop, django_assert_num_queries):
    first, second = make_product(shop, "One"), make_product(shop, "Two", stock=0)
    with django_assert_num_queries(1):
        cards = Client().get(f"{ROOT}/cards", {"ids": [str(second.id), str(uuid4()), str(first.id)]}).json()
    assert [(card["title"], card["sold_out"]) for card in cards] == [("Two", True), ("One", False)]


def test_the_tree_is_open_and_kept_by_operators_only(shop, owner):
    operator = signed_in(make_operator().id)
    wanted = {"slug": "flowers", "name_zh": "鲜花", "name_en": "Flowers"}
    for stranger, status in [(Client(), 401), (signed_in(make_account().id), 403), (signed_in(owner.id), 403)]:
        assert call(stranger, "post", "/categories", wanted).status_code == status
    made = call(operator, "post", "/categories", wanted)
    assert made.status_code == 201
    path = f"/categories/{made.json()['id']}"
    assert [node["slug"] for node in call(Client(), "get", "/categories").json()] == ["flowers"]
    assert call(operator, "put", f"{path}/names", {"name_zh": "花", "name_en": "Blooms"}).json()["name_en"] == "Blooms"
    assert (
        call(operator, "put", f"{path}/place", {"parent_id": made.json()["id"]}).json()["code"] == "catalogue.in_itself"
    )
    for stranger, status in [(Client(), 401), (signed_in(owner.id), 403)]:
        assert call(stranger, "delete", path).status_code == status
    assert call(operator, "delete", path).status_code == 204


ENDPOINTS = [
    ("get", "/shops/{shop}/products", None, 200), ("post", "/shops/{shop}/products", "listing", 201),
    ("get", "/products/{product}/kept", None, 200), ("put", "/products/{product}", "listing", 200),
    ("post", "/products/{product}/end", None, 200), ("patch", "/offers/{offer}", {"price_minor": 1}, 200),
    ("put", "/offers/{offer}/stock", {"count": 0}, 200), ("get", "/offers/{offer}/prices", None, 200),
    ("put", "/offers/{offer}/cap", {"cap": 1}, 204), ("get", "/offers/{offer}/timed-prices", None, 200),
    ("post", "/offers/{offer}/timed-prices", "timed", 201), ("delete", "/timed-prices/{timed}", None, 204),
    ("get", "/offers/{offer}/commissions", None, 200), ("post", "/offers/{offer}/commissions", {"rate_bp": 9000}, 201),
    ("delete", "/commissions/{commission}", None, 204), ("get", "/shops/{shop}/freight-plans", None, 200),
    ("post", "/shops/{shop}/freight-plans", {"name": "Mine"}, 201),
    ("put", "/freight-plans/{plan}", {"name": "Mine"}, 200),
    ("delete", "/freight-plans/{plan}", None, 204), ("get", "/shops/{shop}/export", None, 200),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "fine"), ENDPOINTS)
def test_who_may(owner, shop, method, path, body, fine):
    """Visitor, buyer, another shop's owner, staff for orders, operator: refused, and nothing changed."""
    product = make_product(shop, "Secret squid", price_minor=10000, stock=7)
    offer = offers.offers_of_product(product.id)[0]
    later = clock.now() + 5 * DAY
    timed = terms_actions.set_timed_price(offer.id, 9000, later, later + DAY)
    commission = terms_actions.offer_plan(offer.id, 1000, creators=[uuid4()])
    plan = offer_actions.make_freight_plan(shop.id, "Cold chain")
    ids = {
        "shop": shop.id,
        "product": product.id,
        "offer": offer.id,
        "timed": timed.id,
        "commission": commission.id,
        "plan": plan.id,
    }
    span = {"starts_at": clock.now().isoformat(), "ends_at": (clock.now() + DAY).isoformat()}
    body = (
        {"listing": listing(title="Stolen"), "timed": {"price_minor": 1, **span}}.get(body, body)
        if isinstance(body, str)
        else body
    )
    other = make_account("Other")
    make_shop(other, "Other shop")

    def state(offer_id: UUID) -> object:
        return (
            catalogue.product(product.id), offers.offer(offer_id), stock.available([offer_id]), terms.caps([offer_id]),
            terms.timed_prices([offer_id], clock.now()), terms.commission_plans([offer_id], clock.now()),
            offers.plans_of_merchant(shop.id), catalogue.counts_of_merchant(shop.id),
        )  # fmt: skip

    before = state(offer.id)
    strangers = [
        (Client(), 401), (signed_in(make_account().id), 403), (signed_in(other.id), 403),
        (signed_in(make_staff(owner, shop, "orders").id), 403), (signed_in(make_operator().id), 403),
    ]  # fmt: skip
    for stranger, status in strangers:
        answer = call(stranger, method, path.format(**ids), body)
        assert answer.status_code == status
        assert b"Secret squid" not in answer.content
    assert state(offer.id) == before
    keeper = signed_in(make_staff(owner, shop, "goods").id)
    assert call(keeper, method, path.format(**ids), body).status_code == fine


@pytest.mark.parametrize("path", ["take-down", "restore"])
def test_only_operators_judge(owner, shop, path):
    product = make_product(shop)
    if path == "restore":
        catalogue_actions.take_down_product(make_operator().id, product.id, "No certificate.")
    before = catalogue.product(product.id)
    for stranger, status in [(Client(), 401), (signed_in(make_account().id), 403), (signed_in(owner.id), 403)]:
        assert call(stranger, "post", f"/products/{product.id}/{path}", {"reason": "Fake."}).status_code == status
    assert catalogue.product(product.id) == before
    answer = call(signed_in(make_operator().id), "post", f"/products/{product.id}/{path}", {"reason": "Fake."})
    assert answer.json()["status"] == {"take-down": "taken_down", "restore": "ended"}[path]


@pytest.mark.parametrize("title", ["a\0b", " ", "\ud800", "x" * 161, "\x1b[31m"])
def test_bad_text_is_refused(client, shop, title):
    answer = call(client, "post", f"/shops/{shop.id}/products", listing(title=title))
    assert answer.status_code == 422 if title != "\ud800" else answer.status_code in {400, 422}
