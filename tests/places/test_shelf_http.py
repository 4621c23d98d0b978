"""What a visitor meets on the shelf: words in both scripts, filters, kind endings, and nothing that may not be seen."""

from collections.abc import Callable
from urllib.parse import urlencode

import html5lib
import pytest
from django.test import Client

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue.contracts import Product
from laotie.goods.listings import actions as listings
from laotie.goods.listings.contracts import Listing, ListingSku
from laotie.people.merchants.contracts import Shop
from tests.makers import make_account, make_category, make_operator, make_product, make_shop

pytestmark = pytest.mark.django_db
PARTIAL = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def shop() -> Shop:
    return make_shop(make_account("Owner"))


def seen(client: Client, address: str, **query: object) -> str:
    response = client.get(f"{address}?{urlencode(query, doseq=True)}" if query else address)
    assert response.status_code == 200, (address, query)
    html5lib.HTMLParser(strict=True).parse(response.content)
    return response.content.decode()


@pytest.mark.parametrize("words", ["連衣裙", "连衣裙", "香雲紗", "真丝连衣裙", "silk DRESSES", "dresss", "Dress 裙"])
def test_words_in_any_script_find_the_dress(client: Client, shop: Shop, shelve: Callable[[], int], words: str) -> None:
    made = make_product(shop, "香云纱连衣裙 真丝 silk dress")
    make_product(shop, "Frozen crab")
    shelve()
    page = seen(client, "/search", q=words)
    assert f"/p/{made.id}" in page
    assert "Frozen crab" not in page


def test_found_words_are_marked_and_everything_is_escaped(
    client: Client, shop: Shop, shelve: Callable[[], int]
) -> None:
    make_product(shop, "<script>alert(1)</script> tea")
    shelve()
    page = seen(client, "/search", q="tea<img src=x>")
    assert "<mark>tea</mark>" in page
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_a_misspelt_word_is_offered_right(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    make_product(shop, "Golden mushrooms")
    shelve()
    assert "q=mushrooms" in seen(client, "/search", q="mushroms")


def test_nothing_found_offers_what_others_like(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    made = make_product(shop, "Golden mushrooms")
    shelve()
    assert f"/p/{made.id}" in seen(client, "/search", q="unobtainium")


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"q": '" OR title:*'},
        {"q": "x" * 5000},
        {"page": "-3"},
        {"page": "9" * 40},
        {"page": "²"},
        {"low": "abc"},
        {"low": "-1"},
        {"low": "1e400"},
        {"low": "NaN"},
        {"high": "9" * 25},
        {"low": "90", "high": "10"},
        {"brand": ["\x00", "a" * 500, *map(str, range(50))]},
        {"shop": ["x", "00000000-0000-0000-0000-000000000000"]},
        {"sort": "drop table"},
        {"category": "../../etc/passwd\x00"},
    ],
)
def test_whatever_is_typed_there_is_a_page(
    client: Client, shop: Shop, shelve: Callable[[], int], query: dict[str, object]
) -> None:
    made = make_product(shop)
    shelve()
    for address in ("/search", f"/s/{shop.slug}"):
        seen(client, address, **query)
    assert client.get("/search/suggest", query).status_code == 200
    assert client.get("/api/shelf/search", query).status_code in {200, 422}
    assert made.id


def test_a_bad_price_is_named_and_left_out(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    made = make_product(shop)
    shelve()
    page = seen(client, "/search", low="cheap")
    assert "Not an amount." in page
    assert f"/p/{made.id}" in page


def test_filters_narrow_and_can_be_undone(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    cheap, dear = make_product(shop, "Cheap tea", price_minor=900), make_product(shop, "Dear tea", price_minor=90000)
    shelve()
    page = seen(client, "/search", q="tea", high="10")
    assert f"/p/{cheap.id}" in page
    assert f"/p/{dear.id}" not in page
    assert 'href="/search?q=tea"' in page


def test_the_second_page_continues_the_first(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    category = make_category("Tea")
    for number in range(30):
        sku = ListingSku(price_minor=100 + number, stock=1)
        listings.list_product(shop.id, Listing(title=f"Tea {number}", category_id=category.id, skus=(sku,)))
    shelve()
    first = seen(client, f"/c/{category.slug}", sort="cheapest")
    second = seen(client, f"/c/{category.slug}", sort="cheapest", page=2)
    assert first.count("data-slot-token") == 24
    assert second.count("data-slot-token") == 6
    assert "sort=cheapest&amp;page=2" in first
    assert "Tea 29" in second


@pytest.fixture
def taken_down(shop: Shop) -> Product:
    product = make_product(shop, "Forbidden fruit")
    return catalogue.take_down_product(make_operator().id, product.id, "fake")


@pytest.fixture
def draft(shop: Shop) -> Product:
    sku = ListingSku(price_minor=100, stock=1)
    return listings.draft_product(
        shop.id, Listing(title="Forbidden draft", category_id=make_category().id, skus=(sku,))
    )


@pytest.mark.parametrize("who", ["visitor", "buyer", "owner", "operator"])
def test_what_may_not_be_seen_is_seen_by_nobody(
    client: Client, shop: Shop, shelve: Callable[[], int], taken_down: Product, draft: Product, who: str
) -> None:
    from django.contrib.auth import get_user_model

    if who != "visitor":
        account = make_operator() if who == "operator" else make_account(who)
        client.force_login(get_user_model().objects.get(pk=account.id))
    shelve()
    for address in ("/", "/mall", "/search?q=forbidden", f"/s/{shop.slug}", "/api/shelf/search?q=forbidden"):
        assert "Forbidden" not in client.get(address).content.decode(), address
    for address in (f"/p/{draft.id}", f"/api/shelf/products/{draft.id}"):
        assert client.get(address).status_code == 404
    gone = client.get(f"/p/{taken_down.id}")
    assert gone.status_code == 410
    assert "Forbidden" not in gone.content.decode()
    assert client.get(f"/api/shelf/products/{taken_down.id}").json()["title"] == ""


def test_an_ended_product_offers_what_comes_close(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    ended, other = make_product(shop, "Jasmine tea"), make_product(shop, "Jasmine tea, loose")
    catalogue.end_product(ended.id)
    shelve()
    response = client.get(f"/p/{ended.id}")
    assert response.status_code == 410
    html5lib.HTMLParser(strict=True).parse(response.content)
    assert f"/p/{other.id}" in response.content.decode()


def test_the_product_page_tells_machines_what_it_sells(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    made = make_product(shop, "Tea </script><b>bold")
    shelve()
    page = seen(client, f"/p/{made.id}")
    assert '"@type": "Product"' in page
    assert "\\u003C/script\\u003E" in page
    assert f'<link rel="canonical" href="http://testserver/p/{made.id}">' in page


def test_suggestions_are_a_piece_of_a_page(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    made = make_product(shop, "Golden mushrooms")
    shelve()
    piece = client.get("/search/suggest", {"q": "mush"}, **PARTIAL).content.decode()
    assert "q=mushrooms" in piece
    assert f"/p/{made.id}" not in piece, "a word half typed finds no product yet"
    assert client.get("/search/suggest", {"q": " "}).content.decode().strip() == ""


def test_a_shop_is_searched_within(client: Client, shop: Shop, shelve: Callable[[], int]) -> None:
    mine, other = make_product(shop, "Green tea"), make_product(make_shop(make_account("Rival")), "Green tea")
    shelve()
    page = seen(client, f"/s/{shop.slug}", q="tea")
    assert f"/p/{mine.id}" in page
    assert f"/p/{other.id}" not in page


def test_machines_find_every_listed_product(client: Client, shop: Shop, taken_down: Product) -> None:
    made = make_product(shop)
    assert "http://testserver/sitemap-1.xml" in client.get("/sitemap.xml").content.decode()
    part = client.get("/sitemap-1.xml").content.decode()
    assert f"/p/{made.id}</loc>" in part
    assert str(taken_down.id) not in part
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_shelf_is_read_only(client: Client, shop: Shop, method: str) -> None:
    for address in ("/", "/mall", "/search", "/search/suggest", f"/s/{shop.slug}", "/api/shelf/search"):
        assert getattr(client, method)(address).status_code in {403, 405}, address
