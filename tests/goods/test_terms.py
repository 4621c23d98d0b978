"""Terms: prices for a time, caps that hold in a crowd, commissions; overlaps are refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from laotie.goods.offers import queries as offers
from laotie.goods.stock import actions as stock_actions
from laotie.goods.stock import queries as stock
from laotie.goods.terms import actions, queries
from laotie.goods.terms.contracts import Terms, Wanted
from laotie.goods.terms.errors import (
    AllotmentGone,
    BadCap,
    BadRate,
    BadTime,
    NoSuchTerms,
    NotLower,
    OverCap,
    Overlap,
    PlansClosed,
    PriceOver,
    TooFar,
)
from laotie.kit import clock
from laotie.people.standing import actions as standing
from laotie.people.standing.contracts import Standing
from tests.goods.interleaving import Buyer, at_once
from tests.makers import make_account, make_offer, make_shop

DAY = timedelta(days=1)
TAKE = "SELECT goods_take(%s, ARRAY[%s]::uuid[], ARRAY[%s]::uuid[], ARRAY[%s]::int[], %s)"


@pytest.fixture
def offer():
    return make_offer(make_shop(make_account()), price_minor=10000, stock=50)


@pytest.mark.django_db
class TestTimedPrices:
    def test_it_holds_from_its_start_until_before_its_end(self, offer):
        now = clock.now()
        timed = actions.set_timed_price(offer.id, 7900, now, now + DAY)
        for at, price in [(now - DAY / 99, 10000), (now, 7900), (now + DAY, 10000)]:
            held = queries.terms([offer.id], None, at)[offer.id]
            assert (held.price_minor, held.list_price_minor) == (price, 10000)
        assert queries.terms([offer.id], None, now)[offer.id].timed_price_id == timed.id

    def test_a_card_shows_both_prices(self, offer, django_assert_num_queries):
        now = clock.now()
        actions.set_timed_price(offer.id, 7900, now, now + DAY)
        with django_assert_num_queries(1):
            card = offers.cards([offer.product_id])[offer.product_id]
        assert (card.price.minor, card.list_price.minor) == (7900, 10000)
        assert offers.cards([offer.product_id], now + DAY)[offer.product_id].price.minor == 10000

    @pytest.mark.parametrize(("start", "end"), [(0, 1), (0.5, 0.6), (-1, 2), (0.9, 3)])
    def test_overlaps_are_refused(self, offer, start, end):
        now = clock.now()
        actions.set_timed_price(offer.id, 7900, now, now + DAY)
        with pytest.raises(Overlap):
            actions.set_timed_price(offer.id, 7000, now + start * DAY, now + end * DAY)
        actions.set_timed_price(offer.id, 7000, now + DAY, now + 2 * DAY)

    def test_nonsense_is_refused(self, offer):
        now = clock.now()
        refused = [
            (NotLower, (10000, now, now + DAY), {}),
            (NotLower, (0, now, now + DAY), {}),
            (BadTime, (7900, now, now), {}),
            (BadTime, (7900, now - 2 * DAY, now - DAY), {}),
            (BadTime, (7900, now, now + 91 * DAY), {}),
            (TooFar, (7900, now.replace(year=9999), now.replace(year=9999) + DAY), {}),
            (BadCap, (7900, now, now + DAY), {"cap_per_buyer": 0}),
            (BadCap, (7900, now, now + DAY), {"allotment": 0}),
        ]
        for error, arguments, more in refused:
            with pytest.raises(error):
                actions.set_timed_price(offer.id, *arguments, **more)
        assert queries.timed_prices([offer.id], now) == []

    def test_when_the_allotment_is_gone_the_usual_price_holds(self, offer):
        now, buyer = clock.now(), make_account()
        timed = actions.set_timed_price(offer.id, 7900, now, now + DAY, allotment=2)
        actions.take(buyer.id, [Wanted(offer.id, 2, timed.id)], now)
        assert queries.terms([offer.id], None, now)[offer.id] == Terms(offer.id, 10000, 10000)
        with pytest.raises(AllotmentGone):
            actions.take(buyer.id, [Wanted(offer.id, 1, timed.id)], now)
        assert stock.available([offer.id]) == {offer.id: 48}
        actions.give_back(buyer.id, [Wanted(offer.id, 2, timed.id)])
        assert queries.timed_price(timed.id).left == 2
        assert stock.available([offer.id]) == {offer.id: 50}

    def test_one_that_ended_is_not_sold_at(self, offer):
        now, buyer = clock.now(), make_account()
        timed = actions.set_timed_price(offer.id, 7900, now, now + DAY)
        with pytest.raises(PriceOver):
            actions.take(buyer.id, [Wanted(offer.id, 1, timed.id)], now + DAY)
        with clock.travel(now + DAY / 2):
            actions.end_timed_price(timed.id)
            assert queries.terms([offer.id], None, clock.now())[offer.id].price_minor == 10000
        with clock.travel(now + DAY), pytest.raises(NoSuchTerms):
            actions.end_timed_price(timed.id)


@pytest.mark.django_db
class TestCaps:
    def test_a_buyer_has_his_share_and_gets_it_back_on_return(self, offer):
        now, buyer, other = clock.now(), make_account(), make_account()
        actions.set_cap(offer.id, 3)
        actions.take(buyer.id, [Wanted(offer.id, 2)], now)
        assert queries.terms([offer.id], buyer.id, now)[offer.id].left == 1
        with pytest.raises(OverCap) as refused:
            actions.take(buyer.id, [Wanted(offer.id, 2)], now)
        assert refused.value.data["cap"] == 3
        actions.take(other.id, [Wanted(offer.id, 3)], now)
        actions.give_back(buyer.id, [Wanted(offer.id, 1)])
        assert queries.terms([offer.id], buyer.id, now)[offer.id].left == 2
        assert stock.available([offer.id]) == {offer.id: 46}

    def test_lines_of_one_offer_count_together(self, offer):
        actions.set_cap(offer.id, 3)
        with pytest.raises(OverCap):
            actions.take(make_account().id, [Wanted(offer.id, 2), Wanted(offer.id, 2)], clock.now())

    def test_who_had_his_share_of_the_special_price_pays_the_usual_one(self, offer):
        now, buyer = clock.now(), make_account()
        timed = actions.set_timed_price(offer.id, 7900, now, now + DAY, cap_per_buyer=1)
        assert queries.terms([offer.id], buyer.id, now)[offer.id].left == 1
        actions.take(buyer.id, [Wanted(offer.id, 1, timed.id)], now)
        assert queries.terms([offer.id], buyer.id, now)[offer.id].price_minor == 10000
        assert queries.terms([offer.id], make_account().id, now)[offer.id].price_minor == 7900

    def test_lifting_a_cap_forgets_what_was_counted(self, offer):
        now, buyer = clock.now(), make_account()
        actions.set_cap(offer.id, 1)
        actions.take(buyer.id, [Wanted(offer.id, 1)], now)
        actions.set_cap(offer.id, None)
        actions.set_cap(offer.id, 1)
        assert queries.terms([offer.id], buyer.id, now)[offer.id].left == 1


@pytest.mark.django_db(transaction=True)
class TestCapsTogether:
    def test_two_orders_of_one_buyer_meet_at_the_cap(self, offer):
        buyer, first, second = make_account(), Buyer(), Buyer()
        actions.set_cap(offer.id, 2)
        arguments = (buyer.id, offer.id, None, 2, clock.now())
        assert first.does(TAKE, *arguments) is None
        answer = second.begins(TAKE, *arguments)
        second.is_waiting()
        first.commits()
        assert answer.result(20)["reason"] == "cap"
        second.rolls_back()
        for each in (first, second):
            each.leaves()
        assert stock.available([offer.id]) == {offer.id: 48}

    def test_the_second_gets_it_when_the_first_gives_up(self, offer):
        buyer, first, second = make_account(), Buyer(), Buyer()
        actions.set_cap(offer.id, 2)
        arguments = (buyer.id, offer.id, None, 2, clock.now())
        assert first.does(TAKE, *arguments) is None
        answer = second.begins(TAKE, *arguments)
        second.is_waiting()
        first.rolls_back()
        assert answer.result(20) is None
        second.commits()
        for each in (first, second):
            each.leaves()
        assert stock.available([offer.id]) == {offer.id: 48}

    def test_a_crowd_of_one_buyer_gets_the_cap_and_no_more(self, offer):
        buyer, now = make_account(), clock.now()
        timed = actions.set_timed_price(offer.id, 7900, now, now + DAY, cap_per_buyer=5, allotment=20)

        def buy(number, own):
            taken = 0
            for _ in range(6):
                with own.transaction():
                    (refused,) = own.execute(TAKE, [buyer.id, offer.id, timed.id, 1, now]).fetchone()
                taken += refused is None
            return taken

        assert sum(at_once(4, buy)) == 5
        assert (queries.timed_price(timed.id).left, stock.available([offer.id])) == (15, {offer.id: 45})

    def test_orders_over_the_same_offers_never_lock_each_other_out(self, offer):
        other = make_offer(make_shop(make_account()), stock=50)
        ids = [offer.id, other.id]
        stock_actions.set_stock(other.id, 50, 3)

        def buy(number, own):
            mixed = ids if number % 2 else ids[::-1]
            for _ in range(20):
                with own.transaction():
                    sql = "SELECT goods_take(%s, %s::uuid[], %s::uuid[], %s::int[], %s)"
                    assert own.execute(sql, [uuid4(), mixed, [None, None], [1, 1], clock.now()]).fetchone() == (None,)
                with own.transaction():
                    own.execute(
                        "SELECT goods_return(%s, %s::uuid[], %s::uuid[], %s::int[])",
                        [uuid4(), mixed, [None, None], [1, 1]],
                    )

        at_once(4, buy)
        assert stock.available(ids) == dict.fromkeys(ids, 50)


@pytest.mark.django_db
class TestCommissions:
    def test_a_plan_for_the_creator_goes_before_the_open_one(self, offer):
        creator, now = uuid4(), clock.now()
        open_plan = actions.offer_plan(offer.id, 1000)
        named = actions.offer_plan(offer.id, 2000, creators=[creator])
        held = queries.terms([offer.id], None, now + DAY, {offer.id: creator})[offer.id]
        assert (held.plan_id, held.commission_bp) == (named.id, 2000)
        held = queries.terms([offer.id], None, now + DAY, {offer.id: uuid4()})[offer.id]
        assert (held.plan_id, held.commission_bp) == (open_plan.id, 1000)

    def test_without_a_creator_there_is_no_commission(self, offer):
        actions.offer_plan(offer.id, 1000)
        held = queries.terms([offer.id], None, clock.now())[offer.id]
        assert (held.plan_id, held.commission_bp) == (None, 0)

    def test_overlaps_are_refused_and_an_ended_one_makes_room(self, offer):
        creator, now = uuid4(), clock.now()
        plan = actions.offer_plan(offer.id, 1000)
        actions.offer_plan(offer.id, 1500, creators=[creator])
        for creators in ([], [uuid4(), creator]):
            with pytest.raises(Overlap):
                actions.offer_plan(offer.id, 1200, creators=creators)
        with clock.travel(now + DAY):
            actions.end_plan(plan.id)
            actions.offer_plan(offer.id, 1200)
            held = queries.terms([offer.id], None, clock.now(), {offer.id: uuid4()})[offer.id]
            assert held.commission_bp == 1200
            with pytest.raises(NoSuchTerms):
                actions.end_plan(plan.id)

    @pytest.mark.parametrize("rate", [9, 9001, -1])
    def test_rates_have_bounds(self, offer, rate):
        with pytest.raises(BadRate):
            actions.offer_plan(offer.id, rate)

    def test_a_weak_shop_offers_no_new_plan_and_keeps_those_that_run(self, offer):
        running = actions.offer_plan(offer.id, 1000)
        now = clock.now()
        standing.write([Standing(offer.merchant_id, now, "weak", 5000, may_offer_plans=False, settlement_days=14)])
        with pytest.raises(PlansClosed) as refused:
            actions.offer_plan(offer.id, 1500, creators=[uuid4()])
        assert refused.value.data["why"].startswith("/seller/")
        assert queries.commission_plans([offer.id], now) == [running]
        standing.write([Standing(offer.merchant_id, now + DAY, "good", 9000, may_offer_plans=True)])
        with clock.travel(now + DAY):
            assert actions.offer_plan(offer.id, 1500, creators=[uuid4()]).rate_bp == 1500
