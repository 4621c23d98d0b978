"""What an operator who judges a deal is shown of it, and nobody else."""

from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from laotie.people.accounts.contracts import AccountView
from laotie.trade.orders import actions
from laotie.trade.orders import slots as order_slots
from laotie.trade.refunds import actions as refunds
from laotie.trade.refunds import slots as refund_slots
from tests.html import validate
from tests.makers import make_account, make_offer, make_operator, make_paid, make_shop, wanted

pytestmark = pytest.mark.django_db
WORDS = "The lid was broken when I opened it."


def shown(account: AccountView, order_id: object) -> str:
    request = RequestFactory().get("/operator/appeals/")
    request.user = get_user_model().objects.get(pk=account.id)
    return order_slots.evidence(request, order_id) + refund_slots.evidence(request, order_id)


def test_an_operator_sees_the_parcel_what_happened_and_the_complaint() -> None:
    owner, buyer, operator = make_account("Owner"), make_account("Wei"), make_operator()
    order = make_paid(buyer, wanted(make_offer(make_shop(owner))))
    actions.ship(owner.id, order.id, "sf", "SF1000000001")
    actions.sign(buyer.id, order.id)
    refunds.ask(buyer.id, order.id, {order.lines[0].id: 1}, "damaged", WORDS)
    found = shown(operator, order.id)
    assert "SF1000000001" in found
    assert WORDS in found
    validate(f"<!doctype html><html lang='en'><head><title>t</title></head><body>{found}</body></html>")
    assert shown(owner, order.id) == shown(buyer, order.id) == shown(operator, uuid4()) == ""
