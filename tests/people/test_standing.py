from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from laotie.goods.standing import actions as product_actions
from laotie.goods.standing import queries as product_queries
from laotie.goods.standing.contracts import Standing as ProductStanding
from laotie.people.standing import actions, queries
from laotie.people.standing.contracts import Standing

T = datetime(2026, 3, 1, tzinfo=UTC)
A, B = UUID(int=1), UUID(int=2)
pytestmark = pytest.mark.django_db


def test_nothing_decided_means_the_default():
    assert queries.standing([A], T) == {A: Standing(A, T, "good", 10_000, True, 7, "default")}


def test_the_newest_decision_before_the_moment_counts(django_assert_num_queries):
    first = Standing(A, T, "leading", 14_142, True, 3, "v1/1")
    second = Standing(A, T + timedelta(days=1), "weak", 6_000, False, 14, "v1/2")
    assert actions.write([first, second]) == 2
    with django_assert_num_queries(1):
        found = queries.standing([A, B], T + timedelta(hours=5))
    assert found == {A: first, B: Standing(B, T + timedelta(hours=5))}
    assert queries.standing([A], T + timedelta(days=1))[A] == second
    assert queries.history(A) == [second, first]


def test_a_decision_is_never_changed():
    first = Standing(A, T, "leading", 14_142, True, 3, "v1/1")
    actions.write([first])
    assert actions.write([Standing(A, T, "weak", 5_000, False, 14, "v1/2")]) == 0
    assert queries.standing([A], T)[A] == first


def test_products_stand_apart():
    product_actions.write([ProductStanding(B, T, "weak", 7_000, "v1/1")])
    assert product_queries.standing([B], T)[B].multiplier_bp == 7_000
    assert queries.standing([B], T)[B].multiplier_bp == 10_000
