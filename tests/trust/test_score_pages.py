"""Who may see what of a score, and what the pages say."""

from datetime import timedelta

import pytest

from laotie.kit import clock
from laotie.trust.scores import actions, queries
from laotie.trust.scores.contracts import PRODUCT, SHOP
from tests.makers import make_account, make_operator, make_shop, make_staff
from tests.trust.market_days import CATEGORY, START, History, key

pytestmark = pytest.mark.django_db
DAY = (START + timedelta(days=24)).date()


@pytest.fixture
def owner():
    return make_account("Owner")


@pytest.fixture
def shop(owner, tmp_path):
    """A shop with three late deals of forty, among nine others, scored."""
    made = make_shop(owner)
    history = History()
    for number in range(10):
        for n in range(40):
            history.deal(f"{number}-{n}", f"shop {number}", days=12 if n < number else 3)
    text = {str(key("shop 3")): str(made.id)}
    for fact in history.facts:
        fact.body.update({name: text.get(value, value) for name, value in fact.body.items() if isinstance(value, str)})
    with clock.travel(START + timedelta(days=25)):
        actions.publish(history.lake(tmp_path), DAY)
    return made


@pytest.mark.parametrize(
    ("who", "status"),
    [("visitor", 302), ("buyer", 403), ("owner", 200), ("staff", 200), ("porter", 403), ("operator", 403)],
)
def test_only_the_shop_sees_its_deals(client, shop, owner, who, status):
    people = {
        "buyer": lambda: make_account("Buyer"),
        "owner": lambda: owner,
        "staff": lambda: make_staff(owner, shop, "score"),
        "porter": lambda: make_staff(owner, shop, "orders"),
        "operator": make_operator,
    }
    if who in people:
        from django.contrib.auth import get_user_model

        client.force_login(get_user_model().objects.get(pk=people[who]().id))
    answer = client.get(f"/seller/{shop.slug}/score")
    assert answer.status_code == status
    assert (str(queries.score(SHOP, shop.id).costs[0].order_id) in answer.content.decode()) is (status == 200)


def test_everybody_sees_the_parts_but_no_deals(client, shop):
    score = queries.score(SHOP, shop.id)
    text = client.get(f"/s/{shop.slug}/score").content.decode()
    assert f"{score.score:.4f}" in text
    assert "Arrived after the promise" in text
    assert str(score.costs[0].order_id) not in text


def test_a_shop_without_a_score_is_told_when_it_comes(client, owner):
    made = make_shop(owner, "New Shop")
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=owner.id))
    assert "No score yet" in client.get(f"/seller/{made.slug}/score").content.decode()
    assert client.get(f"/s/{made.slug}/score").status_code == 404


def test_the_shop_page_shows_the_ring_with_a_link_to_its_reasons(client, shop):
    assert f'href="/s/{shop.slug}/score"' in client.get(f"/s/{shop.slug}").content.decode()
    assert queries.score(PRODUCT, key("nothing")) is None
    assert CATEGORY
