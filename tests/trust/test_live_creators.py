"""From a room's till to the creator's own score."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from laotie.kit import clock
from laotie.people.accounts.contracts import AccountView
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as bought
from laotie.trade.orders.contracts import Filter
from laotie.trust.scores import actions, queries
from laotie.trust.scores.contracts import CREATOR
from tests.makers import make_account, make_address, make_shop
from tests.places.rooms.making import make_card, make_host, make_plan_offer, make_session
from tests.stream.lakes import seen
from tests.stream.recording import recorded

pytestmark = pytest.mark.django_db(transaction=True)
BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
MATURE = timedelta(days=15)


def sold_in_a_room(host: AccountView, owner: AccountView, buyer: AccountView) -> UUID:
    """The order that a buyer places and pays at the till of a room on air."""
    session = make_session(host, on_air=True)
    card = make_card(host, session, make_plan_offer(make_shop(owner)))
    client = Client()
    client.force_login(get_user_model().objects.get(pk=buyer.id))
    page = client.get(f"/r/{session.id}/buy/{card.id}").content.decode()
    form = page[page.index("/till/place") :]
    paying = client.post("/till/place", dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))).content.decode()
    reference = paying.split("/sandbox/pay/")[1].split('"')[0]
    client.post(f"/sandbox/pay/{reference}", {"choice": "succeed"})
    [order] = bought.orders_of_buyer(buyer.id, Filter()).orders
    return order.id


def test_who_sells_live_is_scored_by_what_was_sold(tmp_path: Path) -> None:
    with clock.travel(BEGAN):
        host, owner = make_host(), make_account("Owner")
        buyer = make_account("Wei")
        make_address(buyer)
        order = sold_in_a_room(host, owner, buyer)
    with clock.travel(BEGAN + timedelta(days=1)):
        orders.ship(owner.id, order, "sf", "SF1000000001")
    with clock.travel(BEGAN + timedelta(days=3)):
        orders.sign(buyer.id, order)
    facts = recorded(tmp_path)
    [line] = [fact.body for fact in facts if fact.kind == "line.placed"]
    assert line["creator"] == str(host.pseudonym)
    assert not any(str(host.id) in fact.body.values() for fact in facts)
    with clock.travel(BEGAN + MATURE + timedelta(days=1)):
        actions.publish(seen(tmp_path), (BEGAN + MATURE).astimezone(ZoneInfo("Asia/Shanghai")).date())
        score = queries.score(CREATOR, host.id)
    assert score is not None
    assert (score.deals, score.status) == (1, "provisional")
