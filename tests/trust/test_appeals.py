"""An upheld appeal takes a deal out of every score it was in; a rejected one says why."""

from datetime import timedelta

import pytest

from laotie.kit import clock
from laotie.people.accounts.errors import OperatorsOnly
from laotie.people.notices import queries as notices
from laotie.people.standing import queries as standing
from laotie.stream.outbox.models import OutboxRow
from laotie.trust.appeals import actions, queries
from laotie.trust.appeals.contracts import DealVoided, State
from laotie.trust.appeals.errors import AlreadyAppealed, AlreadyJudged, NotAppealable, WordsMissing
from laotie.trust.scores import actions as scores
from laotie.trust.scores import queries as score_queries
from laotie.trust.scores.contracts import CORRECTED, SHOP
from tests.makers import make_account, make_operator, make_shop
from tests.trust.market_days import START, History, key

pytestmark = pytest.mark.django_db
NIGHT = START + timedelta(days=25)
DAY = NIGHT.date() - timedelta(days=1)


@pytest.fixture
def market(tmp_path):
    """A shop with one late deal of thirty among five others, scored on two days."""
    owner = make_account("Owner")
    shop = make_shop(owner)
    history = History()
    for number in range(6):
        for n in range(30):
            history.deal(f"{number}-{n}", f"shop {number}", days=12 if n <= number else 3)
    ours = {str(key("shop 0")): str(shop.id)}
    for fact in history.facts:
        fact.body.update({name: ours.get(value, value) for name, value in fact.body.items() if isinstance(value, str)})
    for day in (DAY - timedelta(days=1), DAY):
        with clock.travel(NIGHT):
            scores.publish(history.lake(tmp_path), day)
    return owner, shop, history, tmp_path


def ours(shop):
    return score_queries.score(SHOP, shop.id)


def test_upheld_the_deal_counts_no_more_in_any_day_it_was_in(market):
    owner, shop, history, folder = market
    before = ours(shop)
    (cost,) = before.costs
    with clock.travel(NIGHT + timedelta(hours=1)):
        made = actions.appeal(owner.id, SHOP, shop.id, cost.line_id, "The carrier lost it in a storm.")
        actions.uphold(make_operator().id, made.id, "The storm is on record.")
        assert not actions.carry(history.lake(folder), made.id)  # the lake has not heard of it
        row = OutboxRow.objects.get(kind="deal.voided")
        history.add(DealVoided(cost.line_id, cost.order_id, shop.id, "appeal", made.id), row.occurred_at)
        assert actions.carry(history.lake(folder), made.id)
    after = ours(shop)
    assert (after.series, after.costs, after.deals) == (CORRECTED, (), before.deals - 1)
    assert after.score - before.score == pytest.approx(cost.cost, abs=0.02)
    assert [score.day for score in score_queries.history(SHOP, shop.id, CORRECTED)] == [DAY, DAY - timedelta(days=1)]
    published = score_queries.history(SHOP, shop.id)
    assert published[0].score == before.score
    decisions = standing.history(shop.id)
    assert decisions[0].multiplier_bp > decisions[1].multiplier_bp
    (notice,) = [n for n in notices.notices(owner.id) if n.kind == "score"]
    assert notice.data == {"before": f"{before.score:.4f}", "after": f"{after.score:.4f}"}


def test_rejected_it_counts_and_the_shop_reads_why(market):
    owner, shop, _history, _folder = market
    with clock.travel(NIGHT):
        made = actions.appeal(owner.id, SHOP, shop.id, ours(shop).costs[0].line_id, "We do not agree at all.")
        answered = actions.reject(make_operator().id, made.id, "The parcel came nine days late.")
    assert (answered.state, answered.answer) == (State.REJECTED, "The parcel came nine days late.")
    assert not OutboxRow.objects.filter(kind="deal.voided").exists()


def test_what_cannot_be_appealed(market):
    owner, shop, _history, _folder = market
    line = ours(shop).costs[0].line_id
    with pytest.raises(NotAppealable):
        actions.appeal(owner.id, SHOP, shop.id, key("line 0-9"), "This one went well, actually.")
    with pytest.raises(WordsMissing):
        actions.appeal(owner.id, SHOP, shop.id, line, "  no  ")
    made = actions.appeal(owner.id, SHOP, shop.id, line, "The carrier lost it in a storm.")
    with pytest.raises(AlreadyAppealed):
        actions.appeal(owner.id, SHOP, shop.id, line, "The carrier lost it in a storm.")
    with pytest.raises(OperatorsOnly):
        actions.uphold(owner.id, made.id, "I judge my own case.")
    operator = make_operator()
    actions.reject(operator.id, made.id, "No evidence was given.")
    with pytest.raises(AlreadyJudged):
        actions.uphold(operator.id, made.id, "On second thoughts, yes.")
    assert queries.appeal(made.id).state == State.REJECTED


def test_the_pages_of_an_appeal(market, client, django_user_model):
    owner, shop, _history, _folder = market
    line = ours(shop).costs[0].line_id
    client.force_login(django_user_model.objects.get(pk=owner.id))
    address = f"/seller/{shop.slug}/score/appeal/{line}/"
    assert address in client.get(f"/seller/{shop.slug}/score").content.decode()
    assert client.post(address, {"words": "no"}).status_code == 422
    assert client.post(address, {"words": "The carrier lost it in a storm."}).status_code == 302
    assert "The carrier lost it" in client.get(f"/seller/{shop.slug}/score/appeals/").content.decode()
    (made,) = queries.waiting()
    case = f"/operator/appeals/{made.id}/"
    assert client.get(case).status_code == 403
    client.force_login(django_user_model.objects.get(pk=make_operator().id))
    assert "The carrier lost it" in client.get(case).content.decode()
    assert client.post(f"{case}reject", {"answer": "It was nine days late."}).status_code == 302
    assert queries.waiting() == []
