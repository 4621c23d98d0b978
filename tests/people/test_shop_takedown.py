"""A shop that operators take down: who may, who is told, what stops and what goes on, and the way back."""

import pytest
from django.test import Client

from laotie.people.accounts.errors import OperatorsOnly
from laotie.people.accounts.models import Account
from laotie.people.audit.models import Audit
from laotie.people.desk import actions as desk
from laotie.people.merchants import actions, queries
from laotie.people.merchants.errors import NotTakenDown, ShopClosed
from laotie.people.notices.queries import notices
from laotie.places.search import actions as index
from laotie.places.search import queries as search
from laotie.places.search.contracts import Ask
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.orders.errors import NotOnSale
from tests.html import validate
from tests.makers import make_account, make_offer, make_operator, make_placed, make_shop, wanted

pytestmark = pytest.mark.django_db
WORDS = "It sells dyed glass as jade."


@pytest.fixture
def owner():
    return make_account("Owner")


@pytest.fixture
def shop(owner):
    return make_shop(owner)


@pytest.fixture
def operator():
    return make_operator()


@pytest.fixture
def report(shop):
    return desk.report(make_account("Reporter").id, "shop", shop.id, "fake")


def kinds():
    return list(OutboxRow.objects.filter(kind__startswith="merchant.").order_by("pk").values_list("kind", flat=True))


def test_a_judged_report_closes_its_doors_and_tells_the_owner_how_to_object(owner, shop, operator, report):
    desk.take_down(operator.id, report.id, WORDS)
    kept = queries.shop(shop.id)
    assert (kept.status, kept.answer, kept.is_open) == ("taken_down", WORDS, False)
    told = notices(owner.id)[0]
    assert told.link == f"/reports/{report.id}"
    assert "object within {days} days" in told.sentence
    assert Audit.objects.filter(act="shop.take_down", object_id=shop.id, actor_id=operator.id).count() == 1
    assert kinds()[-1] == "merchant.taken_down"


def test_its_goods_are_neither_found_nor_shown_nor_sold(client: Client, shop, operator, report):
    offer = make_offer(shop, "Jade bangle")
    index.rebuild()
    desk.take_down(operator.id, report.id, WORDS)
    with pytest.raises(NotOnSale):
        make_placed(make_account("Buyer"), wanted(offer))
    assert client.get(f"/p/{offer.product_id}").status_code == 410
    assert client.get(f"/s/{shop.slug}").status_code == 404
    assert client.get(f"/api/shops/{shop.id}").status_code == 404
    index.refresh([offer.product_id])
    assert search.search(Ask("jade")).total == 0


def test_its_owner_reads_why_and_may_not_change_it_meanwhile(client: Client, owner, shop, operator, report):
    desk.take_down(operator.id, report.id, WORDS)
    client.force_login(Account.objects.get(pk=owner.id))
    page = client.get(f"/seller/{shop.slug}/")
    validate(page.content)
    assert WORDS in page.content.decode()
    assert "Taken down" in client.get("/me/shops").content.decode()
    with pytest.raises(ShopClosed):
        actions.edit(owner.id, shop.id, name="Another name", intro="", ships_from="")
    assert queries.owns(owner.id, shop.id)


def test_an_objection_that_convinces_opens_it_again(owner, shop, operator, report):
    offer = make_offer(shop, "Jade bangle")
    desk.take_down(operator.id, report.id, WORDS)
    desk.object_to(owner.id, report.id, "Here is the certificate.")
    desk.restore(operator.id, report.id, "The certificate is good.")
    kept = queries.shop(shop.id)
    assert (kept.status, kept.answer) == ("approved", "")
    make_placed(make_account("Buyer"), wanted(offer))
    assert kinds()[-2:] == ["merchant.taken_down", "merchant.restored"]


def test_only_operators_take_shops_down_and_only_open_ones(owner, shop, operator):
    for stranger in (owner, make_account("Stranger")):
        with pytest.raises(OperatorsOnly):
            actions.take_down(stranger.id, shop.id, WORDS)
        with pytest.raises(OperatorsOnly):
            actions.restore(stranger.id, shop.id)
    with pytest.raises(NotTakenDown):
        actions.restore(operator.id, shop.id)
    actions.close(owner.id, shop.id)
    with pytest.raises(ShopClosed):
        actions.take_down(operator.id, shop.id, WORDS)
    assert queries.shop(shop.id).status == "closed"
