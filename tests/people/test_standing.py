from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from laotie.goods.standing import actions as product_actions
from laotie.goods.standing import queries as product_queries
from laotie.goods.standing.contracts import Standing as ProductStanding
from laotie.people.standing import actions, queries, words
from laotie.people.standing.contracts import Standing
from tests.html import validate
from tests.makers import make_account, make_operator, make_shop, make_staff

T = datetime(2026, 3, 1, tzinfo=UTC)
A, B = UUID(int=1), UUID(int=2)
pytestmark = pytest.mark.django_db


def test_nothing_decided_means_the_default():
    assert queries.standing([A], T) == {A: Standing(A, T, "good", 10_000, True, 7, "default")}


def test_the_newest_decision_before_the_moment_counts(django_assert_num_queries):
    first = Standing(A, T, "leading", 14_142, True, 3, "v1/1")
    second = Standing(A, T + timedelta(days=1), "weak", 6_000, False, 14, "v1/2")
    actions.write([first, second])
    with django_assert_num_queries(1):
        found = queries.standing([A, B], T + timedelta(hours=5))
    assert found == {A: first, B: Standing(B, T + timedelta(hours=5))}
    assert queries.standing([A], T + timedelta(days=1))[A] == second
    assert queries.history(A) == [second, first]


def test_a_decision_is_never_changed():
    first = Standing(A, T, "leading", 14_142, True, 3, "v1/1")
    actions.write([first])
    actions.write([Standing(A, T, "weak", 5_000, False, 14, "v1/2")])
    assert queries.history(A) == [first]


def test_products_stand_apart():
    product_actions.write([ProductStanding(B, T, "weak", 7_000, "v1/1")])
    assert product_queries.standing([B], T)[B].multiplier_bp == 7_000
    assert queries.standing([B], T)[B].multiplier_bp == 10_000


def test_a_history_says_where_more_than_the_multiplier_changed():
    days = [Standing(A, T + timedelta(days=day), band, bp, band != "weak", 7) for day, (band, bp) in
            enumerate([("good", 9_000), ("good", 9_100), ("weak", 7_000)])]  # fmt: skip
    assert [row.turned for row in words.rows(days[::-1])] == [True, False, False]
    assert words.rows([]) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("visitor", 302), ("buyer", 403), ("owner", 200), ("packer", 200), ("other shop", 403), ("operator", 403)],
)
def test_the_team_sees_its_standing_and_nobody_else(client, django_user_model, who, status):
    owner = make_account("Owner")
    shop = make_shop(owner)
    actions.write([Standing(shop.id, T, "weak", 6_180, False, 14, "v1-abc/7")])
    people = {
        "buyer": make_account,
        "owner": lambda: owner,
        "packer": lambda: make_staff(owner, shop, "orders"),
        "other shop": _owner_of_another,
        "operator": make_operator,
    }
    if who in people:
        client.force_login(django_user_model.objects.get(pk=people[who]().id))
    answer = client.get(f"/seller/{shop.slug}/standing")
    assert answer.status_code == status
    assert ("×0.62" in answer.content.decode()) is (status == 200)
    if status == 200:
        validate(answer.content)


def _owner_of_another():
    owner = make_account("Other")
    make_shop(owner, "Other Shop")
    return owner


def test_a_shop_of_which_nothing_was_decided_is_told_where_it_starts(client, django_user_model):
    owner = make_account("Owner")
    shop = make_shop(owner)
    client.force_login(django_user_model.objects.get(pk=owner.id))
    assert "Nothing decided yet" in client.get(f"/seller/{shop.slug}/standing").content.decode()
