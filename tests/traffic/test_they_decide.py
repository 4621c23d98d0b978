"""Scores decide by standing rows alone: a shop driven weak by new facts loses exposure, a gate and settlement speed.

It gets them back the same way. Its sheet, the reason shown and its place among the others agree.
"""

from datetime import date, timedelta

import numpy as np
import pytest

from laotie.engine.scores.places import replaced
from laotie.goods.terms import actions as terms
from laotie.goods.terms.errors import PlansClosed
from laotie.kit import clock
from laotie.people.standing import queries as standing
from laotie.trade.orders import actions as orders
from laotie.trade.orders import queries as order_queries
from laotie.traffic.feed import pipeline
from laotie.trust.rulebook import queries as rulebooks
from laotie.trust.rulebook.contracts import version_of
from laotie.trust.rulebook.models import VersionRow
from laotie.trust.scores import actions as scores
from laotie.trust.scores import queries
from laotie.trust.scores.contracts import SHOP
from tests.makers import make_account, make_category, make_offer, make_paid, make_shop, wanted
from tests.traffic.test_feed import decided, goods, of_category, shares
from tests.trust.market_days import START, History, key

pytestmark = pytest.mark.django_db
OTHERS = 24
NIGHTS = {"good": (24, 25, 26), "fallen": (34, 35, 36), "back": (63, 64, 65)}  # days after START that are published


@pytest.fixture
def market(tmp_path):
    """A shop among others of a few late parcels in forty: its own come in time, then late for a while, then in time."""
    owner = make_account("Owner")
    shop, rival = make_shop(owner), make_shop(make_account("Rival"), "Rival")
    history = History()
    for number in range(OTHERS):
        for wave in range(3):  # everybody keeps selling, so that everybody has a score all the time
            for n in range(40):
                at = START + timedelta(days=22 * wave, minutes=n)
                history.deal(f"{number}-{wave}-{n}", f"shop {number}", days=12 if n < number % 6 else 3, at=at)
    for wave, days in enumerate((3, 12, 3, 3)):
        for n in range(60):
            at = START + timedelta(days=(0, 12, 34, 42)[wave], minutes=n)
            history.deal(f"ours-{wave}-{n}", "ours", days=days, at=at)
    ours = {str(key("ours")): str(shop.id), str(key("shop 2")): str(rival.id)}
    for fact in history.facts:
        fact.body.update({name: ours.get(value, value) for name, value in fact.body.items() if isinstance(value, str)})
    history.facts.sort(key=lambda fact: fact.occurred_at)
    lines = {"name": '"v9"', "bands.good": "4.33", "bands.leading": "4.48"}  # where nobody is complained of
    content = replaced(rulebooks.draft().content, lines)
    VersionRow.objects.create(
        version=version_of(content), name="v9", content=content, effective_from=date(2025, 1, 1), published_at=START
    )
    return owner, shop, rival, history.lake(tmp_path / "lake")


def nights(lake, days):
    """Publish each night; returns the moment after the last."""
    for day in days:
        night = START + timedelta(days=day + 1)
        with clock.travel(night):
            scores.publish(lake, (START + timedelta(days=day)).date())
    return night + timedelta(hours=1)


def figures(rival, shop):
    """Every shop's score, deals and multiplier of the newest day, ours last."""
    ids = [*(key(f"shop {number}") for number in range(OTHERS) if number != 2), rival.id, shop.id]
    found = queries.scores(SHOP, ids)
    stood = standing.standing(ids, clock.now())
    rows = [(found[each].score, found[each].deals, stood[each].multiplier_bp / 10_000) for each in ids]
    return tuple(np.array(column) for column in zip(*rows, strict=True))


def by_hand(score, deals):
    """The multiplier of the last of them by its published formula."""
    rule = rulebooks.effective(rulebooks.today()).resources
    middle, high = np.quantile(score, [0.5, 0.9])
    z = (score[-1] - middle) / max(high - middle, rule.spread)
    return float(np.clip(2 ** (deals[-1] / (deals[-1] + rule.rho) * z), *rule.multiplier))


def signed_days(owner, offer):
    """The settlement days of an order that is bought, shipped and signed now."""
    buyer = make_account("Buyer")
    order = make_paid(buyer, wanted(offer))
    orders.ship(owner.id, order.id, "sf", f"SF{order.id.hex[:12]}1")
    orders.sign(buyer.id, order.id)
    return order_queries.orders([order.id])[order.id].settlement_days


def test_down_and_up_again_by_standing_rows_alone(market, shelve, journal, client, django_user_model):
    owner, shop, rival, lake = market
    category = make_category("Tea")
    with clock.travel(START):
        offer = make_offer(shop)
        for each in (shop, rival):
            goods(each, category, [f"{each.name} tea {n}" for n in range(6)])
        shelve()
    client.force_login(django_user_model.objects.get(pk=owner.id))
    seen = {}
    for name, days in NIGHTS.items():
        with clock.travel(nights(lake, days)):
            score, deals, multiplier = figures(rival, shop)
            share = multiplier[-1] / multiplier.sum()
            assert multiplier[-1] == pytest.approx(by_hand(score, deals), abs=1e-4)
            assert ((score[-1] > score[:-1]).mean() > 0.5) == (multiplier[-1] > 1)
            stood = standing.of(shop.id, clock.now())
            sheet = client.get(f"/seller/{shop.slug}/standing").content.decode()
            assert f"×{stood.multiplier_bp / 10_000:.2f}" in sheet
            assert stood.rulebook == queries.score(SHOP, shop.id).rulebook
            placed = shares(category, journal, shop)  # of the first three places of a category, over 60 decisions
            fact = decided(journal, pipeline.decide(of_category(category)).id)
            assert fact.seller_bp[fact.sellers.index(shop.id)] == stood.multiplier_bp, "the reason is the standing"
            seen[name] = (stood.band, share, stood.may_offer_plans, signed_days(owner, offer), placed)
            if name == "fallen":
                assert "New commission plans are closed" in client.get(f"/seller/{shop.slug}/terms/").content.decode()
                with pytest.raises(PlansClosed):
                    terms.offer_plan(offer.id, 1000)
                change = queries.history(SHOP, shop.id)
                assert change[0].score < change[-1].score
                assert {cost.outcome for cost in queries.score(SHOP, shop.id).costs} == {"late"}
            else:
                terms.end_plan(terms.offer_plan(offer.id, 1000).id)
    days = rulebooks.effective(rulebooks.today()).resources.settlement
    assert [seen[name][0] == "weak" for name in seen] == [False, True, False]
    assert [seen[name][2] for name in seen] == [True, False, True]
    assert seen["fallen"][3] == days["weak"] > seen["good"][3] == days[seen["good"][0]]
    assert seen["back"][3] == days[seen["back"][0]]
    lost = 1 - seen["fallen"][1] / seen["good"][1]
    assert lost > 0.3, f"a weak shop loses a measured share of exposure, not {lost:.0%}"
    assert seen["back"][1] > 0.9 * seen["good"][1]
    assert seen["fallen"][4] < 0.3 < 0.5 < seen["good"][4], "the order follows"
    assert seen["back"][4] > 0.5
