"""A rulebook is tried on the real history: every figure of the trial by hand, and sellers are told once."""

from datetime import timedelta

import numpy as np
import pytest

from laotie.kit import clock
from laotie.people.accounts.errors import OperatorsOnly
from laotie.people.notices import queries as notices
from laotie.people.standing import queries as standing
from laotie.trust.previews import actions, queries
from laotie.trust.previews.comparing import compare, gini, histogram
from laotie.trust.previews.contracts import State
from laotie.trust.previews.errors import AlreadyTrying, NothingToTry
from laotie.trust.rulebook import actions as rulebooks
from laotie.trust.rulebook import queries as rulebook_queries
from laotie.trust.scores import actions as scores
from laotie.trust.scores import queries as score_queries
from laotie.trust.scores.contracts import SHOP, Tried
from tests.makers import make_account, make_operator, make_shop
from tests.trust.market_days import START, History, key

DAY = (START + timedelta(days=24)).date()
NIGHT = START + timedelta(days=25)
NOTE = "Late parcels weigh more, because buyers say so."


def one(name: str, score: float, band: str, multiplier: float, *, status: str = "official", days: int = 7) -> Tried:
    return Tried(SHOP, key(name), score, band, status, 40, multiplier, band != "weak", days)


def test_the_figures_of_a_trial():
    before = [
        one("a", 4.8, "leading", 2.0, days=3),
        one("b", 4.5, "good", 1.0),
        one("new", 4.5, "good", 1.0, status="none"),
    ]
    after = [one("a", 4.6, "good", 1.0), one("b", 4.5, "good", 1.0), one("new", 4.55, "good", 2.0, status="none")]
    (found,) = compare(before, [*after, one("gone", 4.0, "weak", 1.0)])
    assert (found.count, found.bands, found.rose, found.fell) == (3, (("leading", "good", 1),), 1, 1)
    assert found.traffic == pytest.approx(0.5)  # a quarter lost by a, a quarter won by the newcomer
    assert (found.new_count, found.new_before, found.new_after) == (1, 0.25, 0.5)
    assert (found.sooner, found.later, found.plans_lost, found.plans_won) == (0, 1, 0, 0)
    assert [mover.entity_id for mover in found.movers] == [key("a"), key("new")]
    assert found.quartiles_before == (4.575, 4.65, 4.725)
    assert sum(found.histogram_after) == 3


def test_gini_and_histogram_by_closed_forms():
    assert gini(np.array([0.25] * 4)) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 1.0])) == pytest.approx(0.75)
    counts = histogram([3.0, 3.04, 3.05, 5.0])
    assert (counts[0], counts[1], counts[-1], len(counts)) == (2, 1, 1, 40)


@pytest.fixture
def market(tmp_path, db):
    """Ten shops, one of them somebody's, later and later parcels; scored and published."""
    owner = make_account("Owner")
    shop = make_shop(owner)
    history = History()
    for number in range(10):
        for n in range(40):
            history.deal(f"{number}-{n}", f"shop {number}", days=12 if n < 2 * number else 3)
    ours = {str(key("shop 9")): str(shop.id)}
    for fact in history.facts:
        fact.body.update({name: ours.get(value, value) for name, value in fact.body.items() if isinstance(value, str)})
    lake = history.lake(tmp_path)
    with clock.travel(NIGHT):
        scores.publish(lake, DAY)
        yield owner, shop, lake


def drafted(operator, **values):
    day = rulebook_queries.today() + timedelta(days=8)
    values = {"name": '"v9"', "effective_from": day.isoformat()} | values
    return rulebooks.set_entries(operator, values, rulebook_queries.draft().key)


def test_a_draft_is_tried_and_nothing_that_counts_changes(market):
    _owner, shop, lake = market
    operator = make_operator().id
    kept, stood = score_queries.score(SHOP, shop.id), standing.history(shop.id)
    draft = drafted(operator, **{"bands.good": "4.65", "bands.leading": "4.9"})
    asked = actions.ask(operator, draft.content)
    assert (asked.state, asked.results) == (State.WAITING, ())
    actions.run(lake, asked.id)
    done = queries.preview(asked.id)
    assert (done.state, done.step, done.day) == (State.DONE, 4, DAY)
    shops = next(found for found in done.results if found.kind == SHOP)
    assert shops.count == 10
    assert shops.traffic == 0  # only the lines between bands moved
    assert (shops.rose, shops.fell) == (0, 0)
    moved = {(a, b): n for a, b, n in shops.bands}
    assert sum(moved.values()) == shops.count - sum(1 for n in range(10) if not _changes(n, shop))
    assert shops.plans_lost == moved.get(("good", "weak"), 0) + moved.get(("leading", "weak"), 0)
    assert score_queries.score(SHOP, shop.id) == kept
    assert standing.history(shop.id) == stood
    assert queries.of_version(draft.key) == done


def _changes(number, shop):
    """Whether a shop's band differs between lines at 4.40 and 4.70 and lines at 4.65 and 4.90."""
    figure = score_queries.score(SHOP, shop.id if number == 9 else key(f"shop {number}")).score
    place = [sum(figure >= line for line in lines) for lines in ((4.4, 4.7), (4.65, 4.9))]
    return place[0] != place[1]


def test_what_cannot_be_tried(market):
    operator = make_operator().id
    with pytest.raises(OperatorsOnly):
        actions.ask(make_account().id, rulebook_queries.draft().content)
    with pytest.raises(NothingToTry):
        actions.ask(operator, rulebook_queries.draft().content.replace("[bands]", "[bands"))
    actions.ask(operator, rulebook_queries.draft().content)
    actions.ask(operator, rulebook_queries.draft().content)
    with pytest.raises(AlreadyTrying):
        actions.ask(operator, rulebook_queries.draft().content)


@pytest.mark.django_db
def test_before_the_first_scores_there_is_nothing_to_try():
    with pytest.raises(NothingToTry):
        actions.ask(make_operator().id, rulebook_queries.draft().content)


def test_published_each_seller_sees_the_effect_and_is_told_once(market):
    owner, shop, lake = market
    operator = make_operator().id
    draft = drafted(operator, **{"map.score": "[3.0, 4.2, 4.6, 5.0]"})
    version = rulebooks.publish(operator, NOTE, draft.key)
    assert queries.effects(SHOP, shop.id) == []
    assert actions.foresee(lake) == 1
    (effect,) = queries.effects(SHOP, shop.id)
    now = score_queries.score(SHOP, shop.id)
    assert (effect.version, effect.effective_from, effect.day) == (version.version, version.effective_from, DAY)
    assert effect.before.score == now.score > effect.after.score
    (notice,) = [notice for notice in notices.notices(owner.id) if notice.kind == "score"]
    assert notice.data["after"] == f"{effect.after.score:.4f}"
    assert actions.foresee(lake) == 0  # nothing new since
    assert len([notice for notice in notices.notices(owner.id) if notice.kind == "score"]) == 1
    gone = rulebooks.withdraw(operator, version.version, "It hurt newcomers in the preview.")
    assert queries.effects(SHOP, shop.id) == []
    actions.forget(gone)
    assert queries.of_version(version.version) is None
