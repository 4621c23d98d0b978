"""The feed decides who is shown by value and standing, says why from its record alone, and hears what people say."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from laotie.engine.matching.exposure import share_of_exposure
from laotie.engine.matching.policy import published
from laotie.goods.catalogue.contracts import Category
from laotie.goods.listings import actions as listings
from laotie.goods.listings.contracts import Listing, ListingSku
from laotie.goods.standing import actions as product_standing
from laotie.goods.standing.contracts import Standing as ProductStanding
from laotie.kit import clock, tokens
from laotie.kit.ids import new_id
from laotie.people.accounts import actions as accounts
from laotie.people.accounts.contracts import AccountView
from laotie.people.follows import actions as follows
from laotie.people.merchants.contracts import Shop
from laotie.people.standing import actions as seller_standing
from laotie.people.standing.contracts import Standing
from laotie.places.search.contracts import Filters
from laotie.stream.facts import Recorded
from laotie.traffic.feed import actions, pipeline, queries, words
from laotie.traffic.feed.contracts import Asking, FeedDecided, Manner
from laotie.traffic.feed.errors import NoRecord, NoSlot, NotYours
from laotie.traffic.feed.telling import told
from tests.html import validate
from tests.makers import make_account, make_category, make_shop

pytestmark = pytest.mark.django_db
Journal = dict[str, Recorded]
Shelve = Callable[[], int]
COST = {"home": (10, 1), "category": (6, 1)}  # statements with nothing remembered, and with what everybody shares
WHY = re.compile(r'href="(/why/[^"]+)"')
PRODUCT = re.compile(r'class="product-link" href="/p/([0-9a-f-]{36})\?slot=([^"]+)"')


def goods(shop: Shop, category: Category, titles: list[str], stock: int = 10) -> list[UUID]:
    return [
        listings.list_product(
            shop.id, Listing(title=title, category_id=category.id, skus=(ListingSku(price_minor=1000, stock=stock),))
        ).id
        for title in titles
    ]


@pytest.fixture
def category() -> Category:
    return make_category("Tea")


@pytest.fixture
def shops() -> tuple[Shop, Shop]:
    return make_shop(make_account("Wang"), "North Pier"), make_shop(make_account("Zhao"), "South Pier")


@pytest.fixture
def tea(shops: tuple[Shop, Shop], category: Category, shelve: Shelve) -> dict[UUID, list[UUID]]:
    """Six things of each shop in one category, in the index."""
    made = {shop.id: goods(shop, category, [f"{shop.name} tea {n}" for n in range(6)]) for shop in shops}
    shelve()
    return made


def stand(shop: Shop, multiplier_bp: int, by: str = "v1/run") -> None:
    seller_standing.write([Standing(shop.id, clock.now(), "weak", multiplier_bp, True, 7, by)])


def decided(journal: Journal, decision: UUID) -> FeedDecided:
    fact = journal[str(decision)].fact()
    assert isinstance(fact, FeedDecided)
    return fact


def of_category(category: Category, **more: object) -> Asking:
    return Asking(Manner.CATEGORY, filters=Filters(category=category.slug), **more)


def signed_in(client: Client, account: AccountView) -> Client:
    client.force_login(get_user_model().objects.get(pk=account.id))
    return client


def shares(category: Category, journal: Journal, shop: Shop, draws: int = 60) -> float:
    """The shop's share of the first three places."""
    sellers = []
    for _ in range(draws):
        decision = pipeline.decide(of_category(category, size=3))
        sellers.append(decided(journal, decision.id).sellers)
    return share_of_exposure(shop.id, sellers)


def test_standing_alone_moves_a_shops_share_and_the_record_says_by_how_much(
    category: Category, shops: tuple[Shop, Shop], tea: dict[UUID, list[UUID]], journal: Journal
):
    weak, other = shops
    assert 0.3 < shares(category, journal, weak) < 0.7
    stand(weak, 5000)
    stand(other, 20_000)
    assert shares(category, journal, weak) < 0.05
    decision = pipeline.decide(of_category(category))
    fact = decided(journal, decision.id)
    place = fact.sellers.index(weak.id)
    found = told(queries.record_for(None, decision.id, place), place)
    assert (found.multiplier, found.of_seller.multiplier, found.of_item.multiplier) == (0.5, 0.5, None)
    before = sum(value for what, value in found.parts if "score" not in what and "further up" not in what)
    cost = next(value for what, value in found.parts if what == "The scores of the goods and the shop")
    assert cost == pytest.approx(-before / 2)
    assert sum(value for _what, value in found.parts) == pytest.approx(found.score)
    stand(weak, 20_000)
    assert 0.3 < shares(category, journal, weak) < 0.7, "and it comes back the same way"


def test_the_mean_of_goods_and_shop_makes_the_multiplier(
    category: Category, shops: tuple[Shop, Shop], tea: dict[UUID, list[UUID]], journal: Journal
):
    item = tea[shops[0].id][0]
    stand(shops[0], 20_000)
    product_standing.write([ProductStanding(item, clock.now(), "weak", 5000, "v1/run")])
    fact = decided(journal, pipeline.decide(of_category(category)).id)
    place = fact.items.index(item)
    assert (fact.item_bp[place], fact.seller_bp[place], fact.multiplier_bp[place]) == (5000, 20_000, 10_000)
    other = fact.items.index(tea[shops[0].id][1])
    assert (fact.item_bp[other], fact.multiplier_bp[other]) == (-1, 20_000), "a fresh thing hides no shop's score"
    assert fact.decided_by[fact.seller_by[other]] == "v1/run"


def test_every_slot_has_its_propensity_its_arm_and_parts_that_sum(
    category: Category, tea: dict[UUID, list[UUID]], journal: Journal
):
    decision = pipeline.decide(of_category(category))
    fact = decided(journal, decision.id)
    size = len(fact.items)
    assert size == 12 == fact.candidates
    assert [slot.item for slot in decision.slots] == fact.items
    for column in (fact.arms, fact.sellers, fact.sources, fact.log_propensity_e6, fact.score_e6, fact.multiplier_bp):
        assert len(column) == size
    width = len(fact.codes)
    sums = [sum(fact.parts_e6[n * width : (n + 1) * width]) for n in range(size)]
    assert sums == fact.score_e6
    assert fact.log_propensity_e6[-1] == 0, "the last one had no rival"
    assert (fact.policy, fact.policy_version) == (published().name, published().version)
    assert fact.rules == ["hidden_seller@1"]


def test_pages_of_a_thread_hold_everything_once(category: Category, tea: dict[UUID, list[UUID]], journal: Journal):
    first = pipeline.decide(of_category(category, size=5))
    second = pipeline.decide(of_category(category, size=5, page=2, thread=first.thread))
    third = pipeline.decide(of_category(category, size=5, page=3, thread=second.thread))
    seen = [slot.item for page in (first, second, third) for slot in page.slots]
    assert len(seen) == len(set(seen)) == 12
    assert third.thread == ""
    assert decided(journal, second.id).thread == first.id
    assert decided(journal, third.id).first == 10
    forged = pipeline.decide(of_category(category, size=5, page=2, thread=first.thread[:-2] + "AA"))
    assert decided(journal, forged.id).thread == forged.id


def test_the_same_seed_draws_the_same_order(category: Category, tea: dict[UUID, list[UUID]]):
    request = pipeline.requested(of_category(category))
    orders = [
        [slot.row for slot in pipeline.stages(request, pipeline.rules_of(request.asking)).arranged.ranked.slots]
        for _ in range(3)
    ]
    assert orders[0] == orders[1] == orders[2]
    other = replace(request, thread=new_id())
    assert [s.row for s in pipeline.stages(other, ()).arranged.ranked.slots] != orders[0]


def test_a_hidden_shop_is_dropped_by_name_and_comes_back(
    client: Client, category: Category, shops: tuple[Shop, Shop], tea: dict[UUID, list[UUID]], journal: Journal
):
    buyer = make_account("Lin")
    signed_in(client, buyer)
    answer = client.post("/feed/hide", {"shop": str(shops[0].id), "next": "/me/feed"})
    assert answer.headers["Location"] == "/me/feed"
    asking = of_category(category, account=buyer.id, viewer=buyer.pseudonym)
    fact = decided(journal, pipeline.decide(asking).id)
    assert set(fact.sellers) == {shops[1].id}
    assert (fact.dropped_rules, fact.dropped_counts) == (["hidden_seller@1"], [6])
    assert set(fact.dropped_items) == set(tea[shops[0].id])
    assert shops[0].name in client.get("/me/feed").content.decode()
    client.post("/feed/show", {"shop": str(shops[0].id)})
    assert len(decided(journal, pipeline.decide(asking).id).items) == 12
    assert client.post("/feed/hide", {"shop": "nonsense"}).status_code == 422
    assert client.post("/feed/hide", {"shop": str(new_id())}).status_code == 404


def test_the_first_rule_that_drops_wins(shops: tuple[Shop, Shop], category: Category, shelve: Shelve, journal: Journal):
    (gone,) = goods(shops[0], category, ["Sold out tea"], stock=0)
    goods(shops[1], category, ["Tea"])
    shelve()
    buyer = make_account("Lin")
    asking = Asking(Manner.FOR_YOU, buyer.id, buyer.pseudonym)
    assert decided(journal, pipeline.decide(asking).id).dropped_rules == ["out_of_stock@1"]
    actions.hide(buyer.pseudonym, shops[0].id)
    fact = decided(journal, pipeline.decide(asking).id)
    assert (fact.dropped_rules, fact.dropped_items) == (["hidden_seller@1"], [gone])


def test_home_shows_the_feed_with_tokens_and_reasons(
    client: Client, shops: tuple[Shop, Shop], tea: dict[UUID, list[UUID]], journal: Journal
):
    page = client.get("/").content.decode()
    validate(page)
    (decision,) = journal
    fact = decided(journal, UUID(decision))
    shown = PRODUCT.findall(page[page.index('id="feed"') :])
    assert [UUID(item) for item, _token in shown] == fact.items
    for position, (item, token) in enumerate(shown):
        served = tokens.open_token(token)
        assert (served.decision, served.item, served.position) == (UUID(decision), UUID(item), position)
    links = WHY.findall(page)
    assert links[:2] == [f"/why/{decision}/0", f"/why/{decision}/1"]
    why = client.get(links[0])
    assert why.status_code == 200
    validate(why.content)
    text = why.content.decode()
    assert escape(words.headline(fact, 0)) in text  # mostly what it promised; one in so many is there by chance
    assert f"{fact.score_e6[0] / 1e6:.4f}" in text
    assert published().version in text


def test_following_and_newest_are_by_time(
    client: Client, shops: tuple[Shop, Shop], tea: dict[UUID, list[UUID]], journal: Journal
):
    buyer = make_account("Lin")
    signed_in(client, buyer)
    assert "Nothing from those you follow" in client.get("/?view=following").content.decode()
    follows.follow(buyer.id, "shop", shops[1].id)
    page = client.get("/?view=following").content.decode()
    validate(page)
    items = [UUID(item) for item, _ in PRODUCT.findall(page[page.index('id="feed"') :])]
    assert set(items) == set(tea[shops[1].id])
    fact = next(f for f in (decided(journal, UUID(d)) for d in journal) if f.place == "home:following" and f.items)
    assert set(fact.arms) == {"time"}
    assert set(fact.log_propensity_e6) == {0}
    newest = client.get("/?view=newest").content.decode()
    assert len(PRODUCT.findall(newest[newest.index('id="feed"') :])) == 12


def test_who_follows_sees_more_of_the_shop_and_why(
    shops: tuple[Shop, Shop], tea: dict[UUID, list[UUID]], journal: Journal
):
    buyer = make_account("Lin")
    follows.follow(buyer.id, "shop", shops[0].id)
    fact = decided(journal, pipeline.decide(Asking(Manner.FOR_YOU, buyer.id, buyer.pseudonym, size=4)).id)
    assert fact.sellers[0] == shops[0].id
    assert "follows" in fact.sources[0]
    found = told(queries.record_for(buyer.pseudonym, fact.decision), 0)
    assert "you follow the shop" in found.headline
    assert any(what == "You follow them" and value > 0 for what, value in found.parts)


def test_without_a_record_nobody_says_why(client: Client, tea: dict[UUID, list[UUID]], journal: Journal):
    page = client.get("/").content.decode()
    address = WHY.findall(page)[0]
    journal.clear()
    answer = client.get(address)
    assert answer.status_code == 404
    validate(answer.content)
    assert "No record" in answer.content.decode()
    assert "What it counted" not in answer.content.decode()
    rest = client.get(f"/api/feed{address}")
    assert (rest.status_code, rest.json()["code"]) == (404, "feed.no_record")
    with pytest.raises(NoRecord):
        queries.record_for(None, UUID(int=2**128 - 1))


def test_a_strangers_decision_is_refused(client: Client, tea: dict[UUID, list[UUID]], journal: Journal):
    buyer, stranger = make_account("Lin"), make_account("Mei")
    decision = pipeline.decide(Asking(Manner.FOR_YOU, buyer.id, buyer.pseudonym)).id
    for viewer in (None, stranger.pseudonym):
        with pytest.raises(NotYours):
            queries.record_for(viewer, decision)
    assert client.get(f"/why/{decision}/0").status_code == 403
    assert client.get(f"/api/feed/why/{decision}/0").json()["code"] == "feed.not_yours"
    assert signed_in(client, stranger).get(f"/why/{decision}/0").status_code == 403
    assert signed_in(client, buyer).get(f"/why/{decision}/0").status_code == 200
    with pytest.raises(NoSlot):
        queries.record_for(buyer.pseudonym, decision, 500)
    assert client.get(f"/why/{decision}/500").status_code == 404


def test_a_category_page_is_recommended_by_default_and_other_orders_stay(
    client: Client, category: Category, tea: dict[UUID, list[UUID]], journal: Journal
):
    page = client.get(f"/c/{category.slug}").content.decode()
    validate(page)
    assert len(WHY.findall(page)) == 12
    assert re.search(r'aria-current="true">Recommended', page)
    narrowed = client.get(f"/c/{category.slug}?low=20").content.decode()
    assert "Nothing fits all these filters" in narrowed
    cheap = client.get(f"/c/{category.slug}?sort=cheapest").content.decode()
    assert WHY.findall(cheap) == []
    assert WHY.findall(client.get("/search?q=tea").content.decode()) == []
    assert {decided(journal, UUID(d)).place for d in journal} == {f"category:{category.slug}"}


def test_what_lies_beyond_the_candidates_is_shown_without_reasons(
    client: Client, category: Category, tea: dict[UUID, list[UUID]], journal: Journal, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("laotie.traffic.feed.sources.popular.MOST_IN_CATEGORY", 6)
    monkeypatch.setattr("laotie.places.search.contracts.PAGE_SIZE", 6)
    from laotie.places.search.contracts import Ask
    from laotie.places.shelf.contracts import Asker
    from laotie.traffic.feed.ordering import ByTheFeed

    ask = Ask(filters=Filters(category=category.slug), size=6)
    first = ByTheFeed().within(Asker(), ask)
    second = ByTheFeed().within(Asker(), replace(ask, page=2), first.thread)
    assert all(slot.why for slot in first.slots)
    assert not any(slot.why for slot in second.slots)
    assert len({slot.item for slot in (*first.slots, *second.slots)}) == 12


def test_beliefs_are_shown_deleted_exported_and_erased(
    client: Client, shops: tuple[Shop, Shop], tea: dict[UUID, list[UUID]]
):
    from laotie.traffic.feed.models import Belief, Forgotten

    buyer = make_account("Lin", password="correct-horse-42")
    signed_in(client, buyer)
    Belief.objects.create(viewer=buyer.pseudonym, kind="shop", target_id=shops[0].id, strength=0.6, since=clock.now())
    actions.hide(buyer.pseudonym, shops[1].id)
    page = client.get("/me/feed").content.decode()
    validate(page)
    assert shops[0].name in page
    assert {b["kind"] for b in client.get("/api/feed/beliefs").json()} == {"shop", "hidden"}
    assert [part["kind"] for part in accounts.export(buyer.id)["feed"]] == ["hidden", "shop"]
    assert client.post("/me/feed/forget").status_code == 200, "asks first"
    client.post("/me/feed/forget", {"confirmed": "1"})
    assert [b.kind for b in queries.beliefs(buyer.pseudonym)] == ["hidden"]
    assert Forgotten.objects.filter(viewer=buyer.pseudonym).exists()
    actions.forget(buyer.id)
    assert queries.beliefs(buyer.pseudonym) == []
    assert not Forgotten.objects.exists()


def test_who_may_do_what(client: Client, shops: tuple[Shop, Shop]):
    for address in ("/me/feed",):
        assert client.get(address).status_code == 302
    for address in ("/feed/hide", "/feed/show", "/me/feed/forget"):
        assert client.post(address, {"shop": str(shops[0].id)}).status_code == 302
        assert client.get(address).status_code == 405
    for method, address in (("get", "beliefs"), ("delete", "beliefs"), ("put", f"hidden/{shops[0].id}"), ("get", "")):
        assert getattr(client, method)(f"/api/feed/{address}".rstrip("/")).status_code == 401, address
    from laotie.traffic.feed.models import Belief

    assert not Belief.objects.exists()


def test_rest_gives_a_page_of_the_feed(client: Client, tea: dict[UUID, list[UUID]], journal: Journal):
    answer = client.get("/api/feed/visitor?size=5").json()
    assert [slot["position"] for slot in answer["slots"]] == [0, 1, 2, 3, 4]
    assert tokens.open_token(answer["slots"][3]["token"]).decision == UUID(answer["decision"])
    further = client.get("/api/feed/visitor", {"size": 5, "page": 2, "thread": answer["thread"]}).json()
    assert not {s["item"] for s in further["slots"]} & {s["item"] for s in answer["slots"]}
    why = client.get(f"/api/feed/why/{answer['decision']}/2").json()
    assert why["item"] == answer["slots"][2]["item"]
    assert sum(part["value"] for part in why["parts"]) == pytest.approx(why["score"])


def test_the_record_does_not_outlive_its_days_and_a_page_never_needs_it(client: Client, tea: dict[UUID, list[UUID]]):
    assert client.get("/").status_code == 200, "no bus is configured here"
    assert FeedDecided.KEPT_DAYS == 30
    assert clock.now() - timedelta(days=31) < clock.now()


@pytest.mark.parametrize("place", ["home", "category"])
def test_a_page_costs_few_statements(
    client: Client, settings, category: Category, tea: dict[UUID, list[UUID]], journal: Journal, place: str
):
    address = "/" if place == "home" else f"/c/{category.slug}"
    assert tuple(statements(client, address, age, settings) for age in (0, 600)) == COST[place]


def statements(client: Client, address: str, age: int, settings) -> int:
    """What the second visit of a page costs where things are remembered for `age` seconds."""
    settings.SHELF_AGE = age
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured.captured_queries)
