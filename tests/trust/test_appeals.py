"""An appeal holds what it is against; upheld, it leaves every score it was in; rejected, it counts again."""

from datetime import timedelta

import pytest

from laotie.kit import clock
from laotie.people.accounts.errors import OperatorsOnly
from laotie.people.grants.errors import NoGrant
from laotie.people.notices import queries as notices
from laotie.people.standing import queries as standing
from laotie.stream.facts import Recorded
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.reviews.contracts import ReviewWritten
from laotie.trust.appeals import actions, carrying, queries
from laotie.trust.appeals.contracts import Ground, State, Subject
from laotie.trust.appeals.errors import AlreadyAppealed, AlreadyJudged, NoReview, NotAppealable, WordsMissing
from laotie.trust.scores import actions as scores
from laotie.trust.scores import queries as score_queries
from laotie.trust.scores.contracts import CORRECTED, PRODUCT, SHOP
from laotie.trust.violations import actions as violations
from laotie.trust.violations import queries as violation_queries
from laotie.trust.violations.contracts import Rule
from tests.html import validate
from tests.makers import make_account, make_operator, make_product, make_shop
from tests.trust.market_days import START, History, key

pytestmark = pytest.mark.django_db
NIGHT = START + timedelta(days=25)
DAY = NIGHT.date() - timedelta(days=1)
ONE = timedelta(days=1)
WORDS = "The carrier lost it in a storm."


class Market:
    """A shop with a late deal and a badly reviewed one of thirty among five others, scored on two days."""

    def __init__(self, folder):
        self.folder, self.carried, self.minutes = folder, 0, 0
        self.owner = make_account("Owner")
        self.shop = make_shop(self.owner)
        self.product = make_product(self.shop)
        self.history = history = History()
        for number in range(6):
            for n in range(30):
                late, bad = n <= number, n == 29
                history.deal(f"{number}-{n}", f"shop {number}", days=12 if late else 3, at=START + 5 * bad * ONE)
                stars = 1 if bad else 5
                review = review_of(f"{number}-{n}", f"shop {number}", stars)
                history.add(review, START + 9 * ONE)
        ours = {str(key("shop 0")): str(self.shop.id), str(key("shop 0 p")): str(self.product.id)}
        for fact in history.facts:
            fact.body.update(
                {name: ours.get(value, value) for name, value in fact.body.items() if isinstance(value, str)}
            )

    def lake(self):
        """The lake with what was said since, as the recorder would carry it."""
        rows = OutboxRow.objects.filter(kind__regex=r"^(appeal|deal|review|violation)\.").order_by("position")
        for row in rows[self.carried :]:
            self.history.facts.append(
                Recorded(row.fact_id, row.kind, row.version, row.occurred_at, row.recorded_at, row.body)
            )
            self.carried += 1
        return self.history.lake(self.folder)

    def carry(self, made):
        """Carry it as the job would, a minute after the last time."""
        self.minutes += 1
        with clock.travel(clock.now() + timedelta(minutes=self.minutes)):
            return carrying.carry(self.lake(), made.id)

    def score(self, kind=SHOP):
        return score_queries.score(kind, self.shop.id if kind == SHOP else self.product.id)

    def cost(self, outcome="late", kind=SHOP):
        return next(cost for cost in self.score(kind).costs if cost.outcome == outcome)

    def appeal(self, outcome="late", **how):
        return actions.appeal(self.owner.id, SHOP, self.shop.id, self.cost(outcome).line_id, WORDS, **how)


def review_of(name, shop, stars):
    keys = [key(f"{thing} {name}") for thing in ("review", "line", "order")]
    return ReviewWritten(*keys, key(shop), key(f"{shop} p"), key(f"buyer {name}"), stars, words=0, pictures=0)


@pytest.fixture
def market(tmp_path):
    made = Market(tmp_path)
    for day in (DAY - timedelta(days=1), DAY):
        with clock.travel(NIGHT):
            scores.publish(made.lake(), day)
    with clock.travel(NIGHT + timedelta(hours=1)):
        yield made


def test_while_it_runs_what_it_is_against_is_held(market):
    before, cost = market.score(), market.cost()
    made = market.appeal()
    assert not carrying.carry(market.history.lake(market.folder), made.id)  # the lake has not heard of it
    assert market.carry(made)
    held = market.score()
    assert (held.deals, cost.line_id in {c.line_id for c in held.costs}) == (before.deals - 1, False)
    assert held.score > before.score
    assert [score.day for score in score_queries.history(SHOP, market.shop.id, CORRECTED)] == [DAY]


def test_upheld_it_counts_no_more_in_any_day_it_was_in(market):
    before, cost = market.score(), market.cost()
    made = market.appeal()
    market.carry(made)
    actions.uphold(make_operator().id, made.id, "The storm is on record.")
    assert market.carry(made)
    after = market.score()
    assert (after.series, after.deals) == (CORRECTED, before.deals - 1)
    assert after.score - before.score == pytest.approx(cost.cost, abs=0.03)
    days = {score.day for score in score_queries.history(SHOP, market.shop.id, CORRECTED)}
    assert days == {DAY, DAY - timedelta(days=1)}
    assert score_queries.history(SHOP, market.shop.id)[0].score == before.score
    decisions = standing.history(market.shop.id)
    assert decisions[0].multiplier_bp > decisions[-1].multiplier_bp
    (notice,) = [n for n in notices.notices(market.owner.id) if n.kind == "score"]
    assert notice.data == {"before": f"{before.score:.4f}", "after": f"{after.score:.4f}"}
    assert market.carry(made)  # a second time tells nobody twice
    assert len([n for n in notices.notices(market.owner.id) if n.kind == "score"]) == 1


def test_rejected_it_counts_again_and_the_shop_reads_why(market):
    before = market.score()
    made = market.appeal()
    market.carry(made)
    answered = actions.reject(make_operator().id, made.id, "The parcel came nine days late.")
    assert (answered.state, answered.answer) == (State.REJECTED, "The parcel came nine days late.")
    assert market.carry(made)
    assert (market.score().score, market.score().deals) == (before.score, before.deals)
    assert not OutboxRow.objects.filter(kind="deal.voided").exists()


def test_the_first_malicious_review_of_a_season_is_exempt_and_its_deal_still_counts(market):
    before = market.score()
    made = market.appeal("good", ground=Ground.MALICIOUS)
    assert made.state is State.UPHELD
    assert market.carry(made)
    after = market.score()
    assert after.deals == before.deals
    assert after.score > before.score
    assert "good" not in {cost.outcome for cost in after.costs}
    (fact,) = OutboxRow.objects.filter(kind="review.voided")
    assert (fact.body["line_id"], fact.body["rule"]) == (str(made.subject_id), "first_of_season")


def test_the_second_one_is_judged_and_two_give_a_floor(market):
    market.appeal("good", ground=Ground.MALICIOUS)
    assert queries.malicious_in_season(market.shop.id, clock.now()) == 1
    assert queries.malicious_in_season(market.shop.id, clock.now() + timedelta(days=91)) == 0
    line = market.cost().line_id
    with pytest.raises(NoReview):
        actions.appeal(market.owner.id, SHOP, market.shop.id, line, WORDS, ground=Ground.MALICIOUS)


def test_a_product_is_appealed_for_by_its_shop(market):
    line = market.cost("good", PRODUCT).line_id
    made = actions.appeal(market.owner.id, PRODUCT, market.product.id, line, WORDS)
    assert (made.kind, made.entity_id, made.seller_id) == (PRODUCT, market.product.id, market.shop.id)
    with pytest.raises(NoGrant):
        actions.appeal(make_account("Other").id, PRODUCT, market.product.id, line, WORDS)


def test_a_judged_violation_takes_points_off_is_held_while_appealed_and_voided_when_upheld(market):
    before, operator = market.score(), make_operator().id
    judged = violations.judge(operator, SHOP, market.shop.id, Rule.COUNTERFEIT, points_bp=2000, note="A fake label.")
    (notice,) = [n for n in notices.notices(market.owner.id) if n.kind == "score"]
    assert notice.link == f"/violations/{judged.id}"
    day = DAY + timedelta(days=1)
    with clock.travel(NIGHT + timedelta(days=1)):
        scores.publish(market.lake(), day)
        hurt = market.score()
        (part,) = [part for part in hurt.parts if part.metric == "violations"]
        assert part.contribution == pytest.approx(-0.2)
        assert hurt.total == pytest.approx(sum(part.contribution for part in hurt.parts))
        made = actions.appeal_violation(market.owner.id, judged.id, "The label was the supplier's fault.")
        assert (made.subject, made.subject_id) == (Subject.VIOLATION, judged.id)
        market.carry(made)
        held = market.score()
        assert not [part for part in held.parts if part.metric == "violations"]
        assert held.score > hurt.score
        actions.uphold(operator, made.id, "The supplier confirmed it.")
        market.carry(made)
        assert market.score().score == held.score
        with pytest.raises(NotAppealable):
            actions.appeal_violation(market.owner.id, judged.id, "Once more, please do.")
    assert before.score > hurt.score


def test_what_cannot_be_appealed(market):
    owner, shop = market.owner, market.shop
    line = market.cost().line_id
    with pytest.raises(NotAppealable):
        actions.appeal(owner.id, SHOP, shop.id, key("line 0-9"), "This one went well, actually.")
    with pytest.raises(WordsMissing):
        actions.appeal(owner.id, SHOP, shop.id, line, "  no  ")
    made = actions.appeal(owner.id, SHOP, shop.id, line, WORDS)
    with pytest.raises(AlreadyAppealed):
        actions.appeal(owner.id, SHOP, shop.id, line, WORDS)
    with pytest.raises(OperatorsOnly):
        actions.uphold(owner.id, made.id, "I judge my own case.")
    operator = make_operator()
    actions.reject(operator.id, made.id, "No evidence was given.")
    with pytest.raises(AlreadyJudged):
        actions.uphold(operator.id, made.id, "On second thoughts, yes.")
    judged = violations.judge(operator.id, SHOP, shop.id, Rule.ABUSE, points_bp=500, note="Insulted a buyer in chat.")
    with clock.travel(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(NotAppealable):
        actions.appeal_violation(owner.id, judged.id, "We were too slow, sorry.")


def test_the_pages_of_an_appeal(market, client, django_user_model):
    owner, shop = market.owner, market.shop
    line = market.cost().line_id
    client.force_login(django_user_model.objects.get(pk=owner.id))
    address = f"/appeals/shop/{shop.id}/deal/{line}"
    assert address in client.get(f"/seller/{shop.slug}/score").content.decode()
    validate(client.get(address).content)
    assert client.post(address, {"words": "no"}).status_code == 422
    assert client.post(address, {"words": WORDS}).status_code == 302
    mine = client.get(f"/appeals/shop/{shop.id}/").content.decode()
    validate(mine)
    assert WORDS in mine
    (made,) = queries.waiting()
    case = f"/operator/appeals/{made.id}/"
    assert client.get(case).status_code == 403
    client.force_login(django_user_model.objects.get(pk=make_operator().id))
    page = client.get(case).content.decode()
    validate(page)
    assert WORDS in page
    assert client.post(f"{case}reject", {"answer": "It was nine days late."}).status_code == 302
    assert queries.waiting() == []
    validate(client.get("/operator/appeals/").content)


def test_the_pages_of_a_violation(market, client, django_user_model):
    operator = make_operator()
    client.force_login(django_user_model.objects.get(pk=operator.id))
    form = {"address": f"/s/{market.shop.slug}", "rule": "abuse", "points": "5", "note": "Insulted a buyer in chat."}
    assert client.post("/operator/violations/", form | {"address": "/s/nobody"}).status_code == 422
    assert client.post("/operator/violations/", form | {"points": "90"}).status_code == 422
    assert client.post("/operator/violations/", form).status_code == 302
    desk = client.get("/operator/violations/").content.decode()
    validate(desk)
    assert market.shop.name in desk
    (judged,) = violation_queries.of(SHOP, market.shop.id)
    assert judged.points_bp == 500
    address = f"/violations/{judged.id}"
    client.force_login(django_user_model.objects.get(pk=make_account("Other").id))
    assert client.get(address).status_code == 403
    client.force_login(django_user_model.objects.get(pk=market.owner.id))
    page = client.get(address).content.decode()
    validate(page)
    assert f"/appeals/violation/{judged.id}" in page
    assert client.post(f"/appeals/violation/{judged.id}", {"words": "We never said that."}).status_code == 302
    assert "We never said that." in client.get(f"/appeals/shop/{market.shop.id}/").content.decode()
