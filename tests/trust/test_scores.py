"""Scores of a market: published once from the lake, explained, replayed to the digit, written down as standing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from laotie.goods.standing import queries as product_standing
from laotie.kit import clock
from laotie.people.standing import queries as seller_standing
from laotie.trade.talks.contracts import TalkAnswered, TalkAsked
from laotie.trust.scores import actions, queries
from laotie.trust.scores.contracts import CORRECTED, PRODUCT, PUBLISHED, SHOP
from tests.trust.market_days import START, key, market

pytestmark = pytest.mark.django_db
LATE = [0, 1, 2, 3, 4, 5, 6, 8, 10, 20]
DAY = date(2026, 1, 25)
NIGHT = START + timedelta(days=25)


@pytest.fixture
def lake(tmp_path: Path):
    return market(LATE).lake(tmp_path)


@pytest.fixture
def run(lake):
    with clock.travel(NIGHT):
        return actions.publish(lake, DAY)


def shop(number: int):
    return queries.score(SHOP, key(f"shop {number}"))


def test_the_later_the_parcels_the_lower_the_score(run):
    assert (run.shops, run.products, run.series) == (10, 10, PUBLISHED)
    figures = [shop(number).score for number in range(len(LATE))]
    assert figures == sorted(figures, reverse=True)
    assert len(set(figures)) == len(LATE)
    assert shop(0).deals == 40
    assert shop(0).status == "official"


def test_every_explanation_sums(run):
    for number in range(len(LATE)):
        score = shop(number)
        assert sum(part.contribution for part in score.parts) == pytest.approx(score.total, abs=1e-12)
        assert 3 + sum(part.stars for part in score.parts) == pytest.approx(score.score, abs=1e-4)


def test_the_deals_that_cost_are_named(run):
    costs = shop(3).costs
    assert {cost.line_id for cost in costs} == {key(f"line 3-{n}") for n in range(3)}
    assert {cost.outcome for cost in costs} == {"late"}
    assert shop(0).costs == ()


def test_a_promised_arrival_that_was_told_counts_and_not_the_usual_carriage(tmp_path: Path):
    """Signed after three days: in time for the usual week, late where the buyer was told two days."""
    deals = market(LATE)
    for position, recorded in enumerate(deals.facts):
        if recorded.kind == "order.paid" and recorded.body["shop_id"] == str(key("shop 0")):
            told = recorded.occurred_at + timedelta(days=2)
            deals.facts[position] = replace(recorded, body={**recorded.body, "promised_arrival_at": told.isoformat()})
    with clock.travel(NIGHT):
        actions.publish(deals.lake(tmp_path), DAY)
    assert {cost.outcome for cost in shop(0).costs} == {"late"}
    assert shop(1).score > shop(0).score


def test_metrics_without_facts_in_the_market_give_their_weight_away(run):
    assert "bad_review" in shop(0).absent
    assert sum(part.weight for part in shop(0).parts) == pytest.approx(1, abs=1e-12)


def test_standing_follows_and_says_who_decided(run):
    worst, best = key("shop 9"), key("shop 0")
    standing = seller_standing.standing([worst, best], NIGHT)
    assert standing[worst].multiplier_bp < 10_000 < standing[best].multiplier_bp
    assert standing[worst].decided_by == f"{run.rulebook}/{run.id}"
    product = product_standing.standing([key("shop 9 p")], NIGHT)[key("shop 9 p")]
    assert product.decided_by == standing[worst].decided_by
    assert abs(product.multiplier_bp - 10_000) < 2_000  # a late parcel is the shop's, hardly the product's


def test_a_published_day_stays_as_it_is(run, lake):
    with clock.travel(NIGHT + timedelta(days=1)):
        assert actions.publish(lake, DAY) == run
    assert len(queries.history(SHOP, key("shop 0"))) == 1


def test_a_run_replays_to_the_last_digit(run, tmp_path):
    history = market(LATE)
    for n in range(30):  # facts that were recorded after the run
        history.deal(f"later-{n}", "shop 0", days=12, at=START + timedelta(minutes=n))
    late_facts = history.facts[len(market(LATE).facts) :]
    del history.facts[-len(late_facts) :]
    history.facts += [fact.__class__(fact.fact_id, fact.kind, fact.version, fact.occurred_at, NIGHT + timedelta(days=9),
                                     fact.body) for fact in late_facts]  # fmt: skip
    grown = history.lake(tmp_path / "grown")
    for found in actions.replay(grown, run):
        for row, entity in enumerate(found.entities):
            kept = queries.score(found.kind, UUID(entity))
            assert (kept.total, kept.score) == (found.scores.total[row], found.scores.score[row])


def test_a_correction_stands_beside_what_was_published(run, tmp_path):
    history = market([0, *LATE[1:]])
    for n in range(20):
        history.deal(f"more-{n}", "shop 0", days=12, at=START + timedelta(minutes=n))
    with clock.travel(NIGHT + timedelta(days=2)):
        corrected = actions.correct(history.lake(tmp_path / "grown"), DAY)
    assert corrected.series == CORRECTED
    (published,) = queries.history(SHOP, key("shop 0"))
    (after,) = queries.history(SHOP, key("shop 0"), CORRECTED)
    assert after.score < published.score
    assert queries.score(SHOP, key("shop 0")) == after
    assert queries.score(PRODUCT, key("nothing")) is None


def test_what_a_night_may_not_know_yet_counts_on_the_night_that_may(tmp_path):
    history = market(LATE)
    for n in range(30):  # they happen after the first night, and are in the lake before it
        history.deal(f"later-{n}", "shop 0", days=12, at=NIGHT + timedelta(days=1, minutes=n))
    lake, second = history.lake(tmp_path), DAY + timedelta(days=25)
    with clock.travel(NIGHT):
        actions.publish(lake, DAY)
    with clock.travel(NIGHT + timedelta(days=25)):
        run = actions.publish(lake, second)
        counted = queries.score(SHOP, key("shop 0"))
        whole = next(found for found in actions.replay(lake, run) if found.kind == SHOP)
    assert counted.total == whole.scores.total[whole.entities.index(str(key("shop 0")))]
    assert counted.deals == 30


def test_what_is_told_late_beside_deals_counts_on_the_day_on_which_it_happened(tmp_path):
    history = market(LATE)

    def ask(name: str, at: datetime, waited: int, recorded_at: datetime | None = None) -> None:
        talk, seller, buyer = key(f"talk {name}"), key("shop 0"), key("a buyer")
        history.add(TalkAsked(talk, key(f"question {name}"), seller, buyer, "shop", seller), at, recorded_at)
        done = at + timedelta(seconds=waited)
        answer = TalkAnswered(talk, key(f"answer {name}"), seller, None, at, waited, True)
        history.add(answer, done, recorded_at or done)

    for n in range(8):
        ask(f"quick {n}", START + timedelta(days=10, minutes=n), 2)
    with clock.travel(NIGHT):
        actions.publish(history.lake(tmp_path), DAY)
    ask("slow", START + timedelta(days=12), 900, NIGHT + timedelta(hours=20))
    lake = history.lake(tmp_path)
    with clock.travel(NIGHT + timedelta(days=1)):
        run = actions.publish(lake, DAY + timedelta(days=1))
        whole = next(found for found in actions.replay(lake, run) if found.kind == SHOP)
        asked = whole.scores.evidence.stats["slow_3min"]
        assert (asked.plain_n.sum(), asked.plain_a.sum()) == (9, 1)
        counted = [queries.score(SHOP, UUID(entity)).total for entity in whole.entities]
    assert counted == whole.scores.total.tolist()
