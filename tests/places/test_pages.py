"""The shelf's pages over HTTP: what is on them, for whom, in valid HTML and few statements."""

from uuid import UUID

import html5lib
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from laotie.goods.catalogue import queries as catalogue
from laotie.goods.catalogue.contracts import Category, Product
from laotie.kit.pages.counting import CountStatements
from laotie.people.merchants.contracts import Shop
from tests.makers import make_account, make_product, make_shop

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12


@pytest.fixture
def shop() -> Shop:
    return make_shop(make_account("Owner"), "码头七号")


@pytest.fixture
def product(shop: Shop, shelve) -> Product:
    made = make_product(shop, "Sun-dried prawns <500 g> & more")
    shelve()
    return made


def root_of(product: Product) -> Category:
    return catalogue.category_path(product.category_id)[0]


def addresses(product: Product, shop: Shop) -> list[str]:
    category = f"/c/{root_of(product).slug}"
    return ["/", "/mall", category, f"/p/{product.id}", f"/s/{shop.slug}", "/search?q=prawn", "/search"]


def test_every_page_is_valid_html_that_shows_the_goods(client: Client, product: Product, shop: Shop) -> None:
    for address in addresses(product, shop):
        response = client.get(address)
        assert response.status_code == 200, address
        html5lib.HTMLParser(strict=True).parse(response.content)
        assert address == "/mall" or "&lt;500 g&gt; &amp; more" in response.content.decode(), address


@pytest.mark.parametrize("signed_in", [False, True])
def test_statements_are_few(client: Client, product: Product, shop: Shop, settings: Settings, signed_in: bool) -> None:
    settings.SHELF_AGE = 3.0
    if signed_in:
        client.force_login(get_user_model().objects.get(pk=make_account("Buyer").id))
    for address in addresses(product, shop):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) <= MOST_STATEMENTS, (address, [query["sql"][:90] for query in queries])


@pytest.mark.parametrize("address", ["/c/none", "/s/none", f"/p/{UUID(int=7)}", "/p/x", "/sitemap-9.xml"])
def test_what_is_not_there_is_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_statements_are_told_where_it_is_asked_for(rf: RequestFactory, product: Product) -> None:
    page = CountStatements(lambda request: HttpResponse(str(catalogue.listed_count())))
    assert page(rf.get("/"))["X-Statements"] == "1"
