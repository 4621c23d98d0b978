"""What an order copies (`deals`, one statement) is what is shown (`terms`): the same rules, written twice."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from laotie.goods.deals import queries as deals
from laotie.goods.offers import actions as offer_actions
from laotie.goods.terms import actions, queries
from laotie.goods.terms.contracts import Wanted
from laotie.kit import clock
from tests.makers import make_account, make_offer, make_shop

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def market():
    """Offers with every mixture of terms, a buyer who had some of each, and a creator with plans of his own."""
    shop, buyer, creator, now = make_shop(make_account()), make_account(), make_account().id, clock.now()
    offers = []
    for number, (cap, timed, plans) in enumerate(product((None, 1, 3), range(6), ("", "open", "named", "both"))):
        offer = make_offer(shop, f"Thing {number}", price_minor=1000, stock=50)
        offers.append(offer)
        if cap:
            actions.set_cap(offer.id, cap)
        special = _timed(offer, timed, now)
        if plans in {"open", "both"}:
            actions.offer_plan(offer.id, 1000)
        if plans in {"named", "both"}:
            actions.offer_plan(offer.id, 2000, creators=[creator])
        if cap != 1 or timed in {2, 3}:
            actions.take(buyer.id, [Wanted(offer.id, 1, special)], now)
        if timed == 5:
            offer_actions.set_price(offer.id, 700)  # the standing price comes down to the timed one
    return offers, buyer, creator, now


def _timed(offer, kind, now):
    """0 none; 1 unbounded; 2 one a buyer; 3 an allotment of one; 4 of tomorrow; 5 as dear as the standing price."""
    bounds = {2: {"cap_per_buyer": 1}, 3: {"allotment": 1}, 5: {"cap_per_buyer": 2, "allotment": 5}}
    if kind == 0:
        return None
    start = now + DAY if kind == 4 else now
    made = actions.set_timed_price(offer.id, 700, start, start + DAY, **bounds.get(kind, {}))
    return None if kind == 4 else made.id


def test_both_readings_agree_for_everyone_at_every_time(market):
    offers, buyer, creator, now = market
    ids, stranger = [offer.id for offer in offers], make_account().id
    seen = set()
    for who, seller, at in product(
        (None, buyer.id, stranger), (None, creator, uuid4()), (now - DAY, now, now + DAY / 2, now + DAY, now + 2 * DAY)
    ):
        creators = {} if seller is None else dict.fromkeys(ids, seller)
        shown, copied = queries.terms(ids, who, at, creators), deals.deal_terms(ids, who, at, creators)
        assert shown.keys() == copied.keys() == set(ids)
        for offer_id in ids:
            one, other = shown[offer_id], copied[offer_id]
            as_shown = (one.price_minor, one.list_price_minor, one.left, one.timed_price_id, one.plan_id)
            as_copied = (
                other.price.minor, other.list_price.minor, other.cap, other.timed_price_id, other.plan_id,
            )  # fmt: skip
            assert (as_shown, one.commission_bp) == (as_copied, other.commission_bp), (who, seller, at)
            seen.add((one.price_minor, one.left, one.commission_bp))
    assert {bp for _, _, bp in seen} == {0, 1000, 2000}
    assert {left for _, left, _ in seen} == {None, 0, 1, 2, 3}
    assert {price for price, _, _ in seen} == {700, 1000}


def test_without_a_creator_nobody_earns(market):
    offers, buyer, _, now = market
    ids = [offer.id for offer in offers]
    for found in (queries.terms(ids, buyer.id, now + DAY), deals.deal_terms(ids, buyer.id, now + DAY)):
        assert {(terms.plan_id, terms.commission_bp) for terms in found.values()} == {(None, 0)}
