"""Stock is exact: never below zero, never lost, and "no" is said only when it is true."""

import random
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from laotie.goods.stock import actions, queries
from laotie.goods.stock.errors import BadCount
from tests.goods.interleaving import Buyer, at_once

TAKE = "SELECT goods_stock_take(%s, %s)"
RETURN = "SELECT goods_stock_return(%s, %s)"


def left(holder: UUID) -> int:
    return queries.available([holder])[holder]


@pytest.mark.django_db
class TestAlone:
    """One after the other, against a number on paper."""

    def test_any_history_agrees_with_a_number_on_paper(self):
        class Stock(RuleBasedStateMachine):
            @initialize(count=st.integers(0, 30), buckets=st.integers(1, 6))
            def begin(self, count: int, buckets: int) -> None:
                self.holder, self.paper, self.taken = uuid4(), count, 0
                assert actions.set_stock(self.holder, count, buckets) == count

            @rule(quantity=st.integers(1, 12))
            def take(self, quantity: int) -> None:
                enough = quantity <= self.paper
                assert actions.take(self.holder, quantity) is enough
                if enough:
                    self.paper, self.taken = self.paper - quantity, self.taken + quantity

            @precondition(lambda self: self.taken > 0)
            @rule(data=st.data())
            def give_back(self, data: st.DataObject) -> None:
                quantity = data.draw(st.integers(1, self.taken))
                actions.give_back(self.holder, quantity)
                self.paper, self.taken = self.paper + quantity, self.taken - quantity

            @rule(count=st.integers(0, 30), buckets=st.integers(1, 6), seen=st.none() | st.integers(0, 30))
            def count_anew(self, count: int, buckets: int, seen: int | None) -> None:
                self.paper = count if seen is None else max(0, self.paper + count - seen)
                assert actions.set_stock(self.holder, count, buckets, seen=seen) == self.paper

            @invariant()
            def agrees(self) -> None:
                assert left(self.holder) == self.paper

        Stock.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
        Stock.TestCase().runTest()

    @pytest.mark.parametrize("quantity", [0, -1, 10_000_001])
    def test_nonsense_is_refused(self, quantity):
        with pytest.raises(BadCount):
            actions.take(uuid4(), quantity)
        with pytest.raises(BadCount):
            actions.give_back(uuid4(), quantity)

    def test_what_was_never_set_is_sold_out(self):
        assert actions.take(uuid4(), 1) is False

    def test_states_are_told_once_each_time_they_turn(self):
        holder = uuid4()
        actions.set_stock(holder, 2)
        assert actions.settle_doubts() == {}
        actions.take(holder, 2)
        assert actions.settle_doubts() == {holder: True}
        assert actions.settle_doubts() == {}
        actions.give_back(holder, 1)
        actions.take(holder, 1)
        assert actions.settle_doubts() == {}
        actions.give_back(holder, 2)
        assert actions.settle_doubts() == {holder: False}


class TestTogether:
    """Several transactions, moved by hand so that they meet where it hurts."""

    @pytest.fixture(autouse=True)
    def committed(self, django_db_setup, django_db_blocker):
        """Really committed stock, cleared by hand: emptying the whole database takes seconds a test."""
        with django_db_blocker.unblock():
            yield
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM stock_stockbucket; DELETE FROM stock_stockdoubt; DELETE FROM stock_soldout")
            connection.close()

    @pytest.fixture
    def buyers(self):
        made = [Buyer() for _ in range(3)]
        yield made
        for buyer in made:
            buyer.rolls_back()
            buyer.leaves()

    def stock(self, count: int, buckets: int = 1) -> UUID:
        holder = uuid4()
        actions.set_stock(holder, count, buckets)
        return holder

    def test_the_last_piece_waits_for_whoever_holds_it(self, buyers):
        first, second, _ = buyers
        holder = self.stock(1)
        assert first.does(TAKE, holder, 1) is True
        answer = second.begins(TAKE, holder, 1)
        second.is_waiting()
        first.rolls_back()
        assert answer.result(20) is True
        second.commits()
        assert left(holder) == 0

    def test_no_is_said_only_after_the_holder_committed(self, buyers):
        first, second, _ = buyers
        holder = self.stock(1)
        assert first.does(TAKE, holder, 1) is True
        answer = second.begins(TAKE, holder, 1)
        second.is_waiting()
        first.commits()
        assert answer.result(20) is False
        assert left(holder) == 0

    def test_no_keeps_no_lock(self, buyers):
        first, second, _ = buyers
        holder = self.stock(3)
        assert first.does(TAKE, holder, 5) is False
        assert second.does(TAKE, holder, 3) is True

    def test_a_free_bucket_is_taken_without_waiting(self, buyers):
        first, second, _ = buyers
        holder = self.stock(4, buckets=2)
        assert first.does(TAKE, holder, 1) is True
        assert second.does(TAKE, holder, 1) is True
        first.commits()
        second.commits()
        assert left(holder) == 2

    def test_pieces_over_several_buckets_wait_for_all_of_them(self, buyers):
        first, second, _ = buyers
        holder = self.stock(4, buckets=2)
        assert first.does(TAKE, holder, 1) is True
        answer = second.begins(TAKE, holder, 4)
        second.is_waiting()
        first.rolls_back()
        assert answer.result(20) is True
        second.commits()
        assert left(holder) == 0

    def test_what_comes_back_meanwhile_is_sold(self, buyers):
        first, second, third = buyers
        holder = self.stock(2)
        assert first.does(TAKE, holder, 2) is True
        first.commits()
        third.does(RETURN, holder, 1)
        answer = second.begins(TAKE, holder, 1)
        second.is_waiting()
        third.commits()
        assert answer.result(20) is True

    def test_a_new_count_is_waited_for_and_its_new_buckets_are_seen(self, buyers):
        first, second, _ = buyers
        holder = self.stock(0)
        first.does("SELECT goods_stock_set(%s, 9, 3, NULL)", holder)
        answer = second.begins(TAKE, holder, 8)
        second.is_waiting()
        first.commits()
        assert answer.result(20) is True
        second.commits()
        assert left(holder) == 1

    @pytest.mark.parametrize("buckets", [1, 4])
    def test_a_crowd_takes_every_piece_and_not_one_more(self, buckets):
        holder = self.stock(120, buckets)

        def buy(number: int, own: psycopg.Connection) -> int:
            chance, mine = random.Random(number), 0
            while True:
                quantity = chance.choice([1, 1, 2, 3])
                with own.transaction() as attempt:
                    (took,) = own.execute(TAKE, [holder, quantity]).fetchone()
                    if took and chance.random() < 0.3:
                        raise psycopg.Rollback(attempt)
                    mine += quantity if took else 0
                if not took and quantity == 1:
                    return mine

        sold = at_once(6, buy)
        assert sum(sold) == 120
        assert left(holder) == 0

    def test_the_last_pieces_of_a_hot_thing_lock_nobody_out(self):
        """Many at once on buckets that run dry: what is locked and found drained must be let go before waiting."""
        holder = self.stock(480, 16)

        def buy(number: int, own: psycopg.Connection) -> int:
            mine = 0
            while own.execute(TAKE, [holder, 1]).fetchone()[0]:
                own.commit()
                mine += 1
            own.commit()
            return mine

        assert sum(at_once(24, buy)) == 480
        assert left(holder) == 0

    def test_takers_and_returners_lose_nothing_and_never_lock_each_other_out(self):
        holders = sorted(self.stock(40, buckets) for buckets in (1, 3))

        def shuffle(number: int, own: psycopg.Connection) -> int:
            chance, mine = random.Random(number), 0
            for _ in range(40):
                quantity = chance.choice([1, 2, 17])
                with own.transaction():
                    took = [own.execute(TAKE, [holder, quantity]).fetchone()[0] for holder in holders]
                with own.transaction():
                    for holder, took_it in zip(holders, took, strict=True):
                        if took_it:
                            own.execute(RETURN, [holder, quantity])
                mine += sum(took)
            return mine

        assert sum(at_once(5, shuffle)) > 0
        assert [left(holder) for holder in holders] == [40, 40]
