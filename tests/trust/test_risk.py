"""What a night finds is held or void, judged by operators only, told to those it touches, and carried into scores."""

from datetime import timedelta
from uuid import UUID

import numpy as np
import pytest

from laotie.kit import clock
from laotie.people.accounts.errors import OperatorsOnly
from laotie.people.audit.models import Audit
from laotie.people.grants.errors import NoGrant
from laotie.people.notices import queries as notices
from laotie.stream.outbox.models import OutboxRow
from laotie.trade.refunds.contracts import RefundAsked
from laotie.trust.risk import actions, queries
from laotie.trust.risk.contracts import State
from laotie.trust.risk.errors import AlreadyJudged, AlreadyObjected, NoSuchFinding, TooLate, WordsMissing
from laotie.trust.scores import actions as scores
from laotie.trust.scores import queries as score_queries
from laotie.trust.scores.contracts import CORRECTED, SHOP
from laotie.trust.voids.contracts import DealRestored, DealVoided
from tests.html import validate
from tests.makers import make_account, make_operator, make_shop
from tests.trust.market_days import START, History, key

pytestmark = pytest.mark.django_db
NIGHT = START + timedelta(days=25)
DAY = NIGHT.date() - timedelta(days=1)
SHOPS, FAKES = 60, 12
WHY = "The same twelve people, every day."


class Market:
    """Honest buyers at sixty shops, one of them ours; twelve fakes, one an account here, at ours and five more."""

    def __init__(self, folder, *, quick=False):
        self.folder = folder
        self.owner, self.buyer, self.operator = make_account("Owner"), make_account("Buyer"), make_operator()
        self.shop = make_shop(self.owner)
        self.history = History()
        random = np.random.default_rng(1)
        for n, shop in enumerate(random.integers(0, SHOPS, 900).tolist()):
            self.deal(f"h{n}", shop, buyer=key(f"honest {n % 300}"), days=12 if n % 9 == 0 else 3)
        for fake in range(FAKES):
            name = self.buyer.pseudonym if fake == 0 else key(f"fake {fake}")
            for shop in range(6):
                at = START + timedelta(minutes=fake)
                self.deal(f"f{fake}-{shop}", shop, buyer=name, at=at, days=1 if quick else 3)

    def deal(self, name, shop, **options):
        self.history.deal(name, f"shop {shop}", **options)
        ours = str(key("shop 0"))
        for fact in self.history.facts[-4:]:
            fact.body.update({field: str(self.shop.id) for field, value in fact.body.items() if value == ours})

    def lake(self):
        return self.history.lake(self.folder)

    def look(self):
        """The night; the one finding."""
        with clock.travel(NIGHT):
            assert actions.look(self.lake(), DAY) == 1
            (found,) = queries.findings(self.operator.id)
        return found


@pytest.fixture
def market(tmp_path):
    return Market(tmp_path)


def test_a_planted_ring_is_held_and_counts_until_it_is_judged(market):
    found = market.look()
    assert (found.rule, found.state, found.by_itself) == ("dense_block/1", State.HELD, False)
    assert (found.count, found.buyers, found.shops) == (72, 12, 6)
    assert found.count > 20 * found.expected
    assert not OutboxRow.objects.filter(kind="deal.voided").exists()
    assert queries.waiting() == 1
    with pytest.raises(NoSuchFinding):  # what is held is told to nobody
        queries.touched(market.owner.id, found.id, market.shop.id)


def test_a_night_is_looked_at_once_and_nothing_is_proposed_twice(market):
    market.look()
    assert actions.look(market.lake(), DAY) == 0
    assert actions.look(market.lake(), DAY + timedelta(days=1)) == 0
    assert len(queries.findings(market.operator.id)) == 1


def test_a_buyer_on_whom_a_score_rests_comes_before_a_judge_the_night_after(tmp_path):
    history, operator = History(), make_operator()
    for shop in range(25):
        for n in range(40 if shop else 12):
            history.deal(f"{shop}-{n}", f"shop {shop}", days=12 if n < shop // 8 else 3)
    for n in range(40):
        at = START + timedelta(minutes=n)
        line = history.deal(f"heavy {n}", "shop 0", buyer=key("heavy"), at=at, days=12)
        asked = RefundAsked(refund_id=key(f"refund {n}"), order_id=key(f"order heavy {n}"), line_id=line,
                            shop_id=key("shop 0"), buyer=key("heavy"), reason="quality", first=True, quantity=1,
                            amount_minor=1000, currency="CNY", shipped=True)  # fmt: skip
        history.add(asked, at + timedelta(days=12))
    lake = history.lake(tmp_path)
    with clock.travel(NIGHT):
        assert actions.look(lake, DAY) == 0
        scores.publish(lake, DAY)
    with clock.travel(NIGHT + timedelta(days=1)):
        assert actions.look(lake, DAY + timedelta(days=1)) == 1
        (found,) = queries.findings(operator.id)
    assert (found.rule, found.state, found.count, found.buyers) == ("heavy_actor/1", State.HELD, 40, 1)


def test_behaviour_in_most_deals_voids_by_itself(tmp_path):
    market = Market(tmp_path, quick=True)  # signed at the minute of shipping
    found = market.look()
    assert (found.state, found.by_itself) == (State.UPHELD, True)
    assert found.shares["impossible_parcel"] == 1.0
    assert OutboxRow.objects.filter(kind="deal.voided").count() == 72


def told(account):
    return [notice for notice in notices.notices(account.id) if notice.kind == "score"]


def uphold(market, found):
    with clock.travel(NIGHT + timedelta(hours=1)):
        return actions.uphold(market.operator.id, found.id, WHY)


def void_facts(market, kind, made):
    """What the recorder would carry into the lake."""
    for row in OutboxRow.objects.filter(kind=kind):
        fact = made(**{name: UUID(value) if name != "rule" else value for name, value in row.body.items()})
        market.history.add(fact, row.occurred_at)


def test_upheld_it_is_a_fact_with_its_rule_and_those_it_touches_are_told(market):
    found = market.look()
    upheld = uphold(market, found)
    assert (upheld.state, upheld.answer, upheld.by_itself) == (State.UPHELD, WHY, False)
    bodies = [row.body for row in OutboxRow.objects.filter(kind="deal.voided")]
    assert len(bodies) == 72
    assert {(body["rule"], body["cause_id"]) for body in bodies} == {("dense_block/1", str(found.id))}
    assert [audit.act for audit in Audit.objects.filter(object_id=found.id)] == ["risk.upheld"]
    (shop_note,), (buyer_note,) = told(market.owner), told(market.buyer)
    assert shop_note.data == {"count": 12, "rule": "dense_block/1"}
    assert buyer_note.data == {"count": 6, "rule": "dense_block/1"}
    with pytest.raises(AlreadyJudged):
        uphold(market, found)


def test_scores_follow_a_void_and_its_being_taken_back(market):
    with clock.travel(NIGHT):
        scores.publish(market.lake(), DAY)
    before = score_queries.score(SHOP, market.shop.id)
    found = market.look()
    uphold(market, found)
    assert not actions.carry(market.lake(), found.id)
    void_facts(market, "deal.voided", DealVoided)
    with clock.travel(NIGHT + timedelta(hours=2)):
        assert actions.carry(market.lake(), found.id)
    after = score_queries.score(SHOP, market.shop.id)
    assert (after.series, after.deals) == (CORRECTED, before.deals - 12)
    with clock.travel(NIGHT + timedelta(hours=3)):
        actions.objection(market.owner.id, found.id, "They are our regulars.", market.shop.id)
        actions.release(market.operator.id, found.id, "Receipts of all twelve were shown.")
    void_facts(market, "deal.restored", DealRestored)
    with clock.travel(NIGHT + timedelta(hours=4)):
        assert actions.carry(market.lake(), found.id)
    again = score_queries.score(SHOP, market.shop.id)
    assert (again.deals, again.score) == (before.deals, before.score)


def test_released_it_counts_and_is_not_proposed_again(market):
    found = market.look()
    actions.release(market.operator.id, found.id, "A host and her fans.")
    assert not OutboxRow.objects.filter(kind__in=["deal.voided", "deal.restored"]).exists()
    assert actions.look(market.lake(), DAY + timedelta(days=1)) == 0
    assert told(market.owner) == []


def test_objecting(market):
    found = market.look()
    uphold(market, found)
    with clock.travel(NIGHT + timedelta(days=1)):
        with pytest.raises(WordsMissing):
            actions.objection(market.buyer.id, found.id, "  no ")
        actions.objection(market.buyer.id, found.id, "I eat what I buy, really.")
        with pytest.raises(AlreadyObjected):
            actions.objection(market.buyer.id, found.id, "I eat what I buy, really.")
        assert queries.waiting() == 1
        actions.uphold(market.operator.id, found.id, "No parcel was ever weighed.")
    assert queries.waiting() == 0
    seen = queries.touched(market.buyer.id, found.id)
    assert seen.objection.answer == "No parcel was ever weighed."
    assert len(seen.deals) == 6  # their own, and nobody else's
    with clock.travel(NIGHT + timedelta(days=9)), pytest.raises(TooLate):
        actions.objection(market.owner.id, found.id, "They are our regulars.", market.shop.id)


def test_who_may_do_what(market):
    found = market.look()
    uphold(market, found)
    stranger, other = make_account("Stranger"), make_account("Other")
    other_shop = make_shop(other, "Other shop")
    for account in (stranger, other, market.owner, market.buyer):
        for act in (actions.uphold, actions.release):
            with pytest.raises(OperatorsOnly):
                act(account.id, found.id, "I judge my own case.")
        for read in (queries.finding, queries.deals, queries.objections):
            with pytest.raises(OperatorsOnly):
                read(account.id, found.id)
    with pytest.raises(NoSuchFinding):
        queries.touched(stranger.id, found.id)
    with pytest.raises(NoGrant):
        queries.touched(stranger.id, found.id, market.shop.id)
    with pytest.raises(NoSuchFinding):
        queries.touched(other.id, found.id, other_shop.id)
    with pytest.raises(NoGrant):
        queries.voided_of(other.id, market.shop.slug)
    assert [seen.id for seen in queries.voided_of(market.owner.id, market.shop.slug)] == [found.id]
    assert queries.finding(market.operator.id, found.id).state == State.UPHELD


def visit(client, django_user_model, account, address, **posted):
    if account is None:
        client.logout()
    else:
        client.force_login(django_user_model.objects.get(pk=account.id))
    return client.post(address, posted) if posted else client.get(address)


def test_pages_by_who_asks(market, client, django_user_model):
    found = market.look()
    case = f"/operator/risk/{found.id}/"
    mine, ours = f"/voids/{found.id}/", f"/voids/{found.id}/shop/{market.shop.id}/"
    stranger = make_account("Stranger")

    def ask(account, address, **posted):
        return visit(client, django_user_model, account, address, **posted)

    for address in ("/operator/risk/", case):
        assert ask(None, address).status_code == 302
        for account in (stranger, market.owner, market.buyer):
            assert ask(account, address).status_code == 403
        page = ask(market.operator, address)
        validate(page.content)
        assert "dense block" in page.content.decode()
    for account in (stranger, market.owner, market.buyer):
        for act in ("uphold", "release"):
            assert ask(account, f"{case}{act}", answer=WHY).status_code == 403
    assert queries.finding(market.operator.id, found.id).state == State.HELD
    assert ask(market.operator, f"{case}uphold", answer="no").status_code == 422
    assert ask(market.operator, f"{case}uphold", answer=WHY).status_code == 302
    assert ask(stranger, mine).status_code == 404
    assert ask(stranger, ours).status_code == 403
    for account, address in ((market.buyer, mine), (market.owner, ours)):
        page = ask(account, address)
        validate(page.content)
        assert WHY in page.content.decode()
        assert ask(account, address, words="no").status_code == 422
        assert ask(account, address, words="These were real deals.").status_code == 302
    page = ask(market.owner, f"/seller/{market.shop.slug}/score/voids/")
    validate(page.content)
    assert "dense block" in page.content.decode()
    assert ask(stranger, f"/seller/{market.shop.slug}/score/voids/").status_code == 403
    with clock.travel(NIGHT):
        scores.publish(market.lake(), DAY)
    mine = ask(market.owner, f"/seller/{market.shop.slug}/score").content.decode()
    validate(mine)
    assert ours in mine
    page = ask(market.operator, case)
    validate(page.content)
    assert page.content.decode().count("These were real deals.") == 2


def test_rest_by_who_asks(market, client, django_user_model):
    found = market.look()
    root = f"/api/risk/findings/{found.id}"

    def ask(account, address, body=None):
        if account is None:
            client.logout()
        else:
            client.force_login(django_user_model.objects.get(pk=account.id))
        return client.get(address) if body is None else client.post(address, body, content_type="application/json")

    for address in ("/api/risk/findings", root, f"{root}/deals"):
        assert ask(None, address).status_code == 401
        for account in (market.owner, market.buyer):
            assert ask(account, address).status_code == 403
        assert ask(market.operator, address).status_code == 200
    assert ask(market.owner, f"{root}/release", {"words": WHY}).status_code == 403
    assert ask(market.operator, f"{root}/uphold", {"words": WHY}).json()["state"] == "upheld"
    seen = ask(market.buyer, f"/api/risk/voids/{found.id}").json()
    assert len(seen["deals"]) == 6
    assert "buyer" not in seen["deals"][0]
    said = {"words": "These were real deals.", "shop_id": str(market.shop.id)}
    assert ask(market.buyer, f"/api/risk/voids/{found.id}/objections", said).status_code == 403
    assert ask(market.owner, f"/api/risk/voids/{found.id}/objections", said).status_code == 201
    assert ask(market.owner, f"/api/risk/voids/{found.id}/objections", said).status_code == 409
    assert len(ask(market.owner, f"/api/risk/shops/{market.shop.slug}/voids").json()) == 1
    assert ask(market.buyer, f"/api/risk/shops/{market.shop.slug}/voids").status_code == 403
