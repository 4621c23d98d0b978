"""What a shop's overview says is waiting, and what a new shop is told to do first."""

from datetime import timedelta

import pytest
from django.test import Client

from laotie.kit import clock
from laotie.people.accounts.contracts import AccountView
from laotie.people.accounts.models import Account
from laotie.people.merchants.contracts import Shop
from laotie.trade.orders import actions as orders
from laotie.trade.refunds import actions as refunds
from laotie.trade.talks import actions as talks
from laotie.trade.talks.contracts import About
from tests.html import validate
from tests.makers import make_account, make_offer, make_paid, make_shop, make_staff, wanted

pytestmark = pytest.mark.django_db
TILE = '<a class="card pad stack stack-tight" href="/seller/{slug}/{page}"><span class="soft">{label}</span><b class="figure">{count}</b>'  # noqa: E501


def overview(person: AccountView, shop: Shop) -> str:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(Account.objects.get(pk=person.id))
    page = client.get(f"/seller/{shop.slug}/").content.decode()
    validate(page)
    return page


def tile(shop: Shop, page: str, label: str, count: int) -> str:
    return TILE.format(slug=shop.slug, page=page, label=label, count=count)


def test_a_new_shop_is_told_to_list_a_product_until_it_has_one() -> None:
    owner = make_account("Owner")
    shop = make_shop(owner)
    assert f'href="/seller/{shop.slug}/goods/new/"' in overview(owner, shop)
    make_offer(shop)
    assert "List your first product" not in overview(owner, shop)


def test_the_overview_counts_what_waits_and_leads_there() -> None:
    owner, buyer = make_account("Owner"), make_account("Mei")
    shop = make_shop(owner)
    offer = make_offer(shop)
    with clock.travel(clock.now() - timedelta(days=4)):
        make_paid(buyer, wanted(offer))
    make_paid(buyer, wanted(offer))
    shipped = make_paid(buyer, wanted(offer))
    orders.ship(owner.id, shipped.id, "sf", "SF1234567")
    refunds.ask(buyer.id, shipped.id, {shipped.lines[0].id: 1}, "damaged", "")
    talks.ask(buyer.id, About.SHOP, shop.id, "Is it fresh?")
    page = overview(owner, shop)
    assert tile(shop, "orders", "Orders to ship", 2) + '<span class="chip chip-bad">1 is late</span></a>' in page
    assert tile(shop, "refunds", "Refunds to answer", 1) in page
    assert tile(shop, "talks", "Questions to answer", 1) in page


def test_staff_see_what_is_theirs_to_do() -> None:
    owner = make_account("Owner")
    shop = make_shop(owner)
    page = overview(make_staff(owner, shop, "care"), shop)
    assert "Orders to ship" not in page
    assert tile(shop, "refunds", "Refunds to answer", 0) in page
