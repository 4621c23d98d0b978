"""A decision's record by the real bus and lake, the beacons of its slots, and the order that came of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from laotie.goods.listings import actions as listings
from laotie.goods.listings.contracts import Listing, ListingSku
from laotie.goods.standing import actions as product_standing
from laotie.goods.standing.contracts import Standing as ProductStanding
from laotie.kit import clock
from laotie.kit.ids import new_id
from laotie.kit.tokens import seal
from laotie.places.search import actions as search_actions
from laotie.places.search import queries as search
from laotie.places.search.contracts import Ask, Sort
from laotie.stream import decisions
from laotie.stream.beacons import pages
from laotie.stream.beacons.limits import Allowance, Seen
from laotie.stream.beacons.source import BeaconSource
from laotie.stream.bus import Bus, BusAway
from laotie.stream.counters import BEACONS
from laotie.stream.counters import DECISIONS as COUNTED
from laotie.stream.facts import Recorded, encode
from laotie.stream.journals.source import JournalSource
from laotie.stream.lake import expiry
from laotie.stream.lake.queries import snapshot
from laotie.stream.lake.store import LocalStore
from laotie.stream.recorder import Recorder
from laotie.trade.orders.contracts import LinePlaced
from laotie.traffic.feed import actions, pipeline, queries
from laotie.traffic.feed.contracts import Asking, FeedDecided, Manner
from laotie.traffic.feed.models import Belief, Estimate, LaneArm
from tests.makers import make_account, make_category, make_offer, make_product, make_shop
from tests.stream.lakes import lake_at
from tests.stream.servers import NatsServer

pytestmark = pytest.mark.django_db
Shelve = Callable[[], int]


@pytest.fixture(scope="module")
def nats_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    server = NatsServer(Path(tmp_path_factory.mktemp("nats")))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def bus(nats_server: NatsServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    connected = Bus(nats_server.url)
    for module in ("stream.beacons.pages", "traffic.feed.stages.record", "traffic.feed.queries"):
        monkeypatch.setattr(f"laotie.{module}.bus", lambda: connected)
    monkeypatch.setattr(pages, "seen", Seen())
    monkeypatch.setattr(pages, "allowance", Allowance(per_second=20, burst=600))
    nats_server.forget_streams(connected)
    yield connected
    connected.close()


def test_a_record_is_found_in_a_moment_then_in_the_lake_and_not_after_its_days(bus: Bus, settings, shelve: Shelve):
    make_product(make_shop(make_account("Wang")))
    shelve()
    decision = pipeline.decide(Asking(Manner.FOR_YOU)).id
    assert decisions.poster.settle(10)
    there = queries.record(decision)
    assert there is not None
    source = JournalSource(bus, decisions.DECISIONS)
    lake = settings.HOME / "lake"
    with lake_at(lake).writing() as writing:
        assert Recorder(writing, [source]).record(source) == 1
    bus.run(lambda nats: nats.jetstream().purge_stream("decisions"), 5)
    assert queries.record(decision) == there
    with clock.travel(clock.now() + timedelta(days=32)), lake_at(lake).writing() as writing:
        assert expiry.expire(writing) == 1
    assert queries.record(decision) is None


def test_a_page_does_not_wait_for_a_bus_that_is_away_and_the_loss_is_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch, shelve: Shelve
):
    def away() -> Bus:
        raise BusAway("gone")

    monkeypatch.setattr("laotie.traffic.feed.stages.record.bus", away)
    make_product(make_shop(make_account("Wang")))
    shelve()
    before = COUNTED.labels("away")._value.get()
    page = client.get("/")
    assert page.status_code == 200
    assert COUNTED.labels("away")._value.get() == before + 1
    assert "/why/" in page.content.decode()


def test_beacons_of_a_slot_count_once_and_forged_ones_never(client: Client, bus: Bus, tmp_path: Path, shelve: Shelve):
    make_product(make_shop(make_account("Wang")))
    shelve()
    answer = client.get("/api/feed/visitor").json()
    slot = answer["slots"][0]
    forged = seal(new_id(), new_id(), 0)[:-4] + "AAAA"
    before = {fate: BEACONS.labels(fate)._value.get() for fate in ("kept", "forged", "repeated")}
    events = [{"kind": "click", "token": token} for token in (slot["token"], forged, slot["token"])]
    sent = client.post("/beacon", json.dumps({"events": events}), content_type="text/plain")
    assert sent.json() == {"kept": 1, "dropped": 2}
    gained = {fate: BEACONS.labels(fate)._value.get() - was for fate, was in before.items()}
    assert gained == {"kept": 1, "forged": 1, "repeated": 1}
    with lake_at(tmp_path / "lake").writing() as lake:
        source = BeaconSource(bus)
        Recorder(lake, [source]).record(source)
    clicks = snapshot(LocalStore(tmp_path / "lake")).read("click").to_pylist()
    assert [(c["decision"], c["item"], c["position"]) for c in clicks] == [(answer["decision"], slot["item"], 0)]


def test_an_order_line_says_which_decision_it_came_of(client: Client, shelve: Shelve):
    offer = make_offer(make_shop(make_account("Wang")))
    buyer, decision = make_account("Lin"), new_id()
    client.force_login(get_user_model().objects.get(pk=buyer.id))
    token = seal(decision, offer.product_id, 3, buyer.pseudonym)
    page = client.get(f"/p/{offer.product_id}?slot={token}").content.decode()
    assert f'name="slot" value="{token}"' in page
    view = page.split('data-view-token="')[1].split('"')[0]
    from laotie.kit.tokens import open_token

    assert (open_token(view).decision, open_token(view).position) == (decision, 3)
    other = client.get(f"/p/{offer.product_id}?slot={seal(decision, new_id(), 3)}").content.decode()
    assert 'name="slot"' not in other
    client.post("/cart/put", {"offer": str(offer.id), "quantity": "1", "slot": token})
    from laotie.trade.carts import queries as carts

    (line,) = carts.cart(buyer.id, buyer.id).lines
    assert line.origin.decision == decision
    client.post("/cart/put", {"offer": str(offer.id), "quantity": "1", "slot": "forged"})
    bought = client.post("/cart/now", {"offer": str(offer.id), "quantity": "1", "slot": token})
    assert f"slot={token}" in bought.headers["Location"]


def test_the_index_weighs_popularity_by_standing(client: Client, shelve: Shelve):
    shop = make_shop(make_account("Wang"))
    first, second = make_product(shop, "One"), make_product(shop, "Two")
    shelve()
    for product, points in ((first, 5000), (second, 20_000)):
        product_standing.write([ProductStanding(product.id, clock.now(), "good", points, "v1/run")])
    assert search_actions.follow_standing() == 2
    assert search.page(Ask(sort=Sort.POPULAR)) == (second.id, first.id)
    assert search_actions.follow_standing() == 0
    for product, points in ((first, 20_000), (second, 5000)):
        product_standing.write([ProductStanding(product.id, clock.now(), "good", points, "v1/run")])
    search_actions.follow_standing()
    assert search.page(Ask(sort=Sort.POPULAR)) == (first.id, second.id)


def placed(product, shop, buyer, at, category) -> Recorded:
    fact = LinePlaced(
        order_id=new_id(), line_id=new_id(), shop_id=shop, buyer=buyer, product_id=product, sku_id=new_id(),
        offer_id=new_id(), category_id=category, quantity=1, unit_price_minor=100, list_price_minor=None,
        discount_minor=0, freight_minor=0, currency="CNY", creator=None, commission_bp=0, entry="home",
        session_id=None, card_id=None, clip_id=None, decision_id=None, ships_within_hours=24,
    )  # fmt: skip
    return Recorded(new_id(), fact.KIND, fact.VERSION, at, at, dict(encode(fact)))


def test_the_feed_learns_from_facts(settings, shelve: Shelve):
    owner = make_account("Wang")
    shop = make_shop(owner)
    tea = make_category("Tea")
    sku = ListingSku(price_minor=1000, stock=1)
    liked, other = (
        listings.list_product(shop.id, Listing(title=title, category_id=tea.id, skus=(sku,)))
        for title in ("Liked", "Other")
    )
    shelve()
    buyer, now = make_account("Lin"), clock.now()
    lines = [placed(liked.id, shop.id, buyer.pseudonym, now - timedelta(days=n), liked.category_id) for n in range(8)]
    lake = settings.HOME / "lake"
    with lake_at(lake).writing() as writing:
        writing.commit("test", 1, lines)
    assert actions.learn(snapshot(LocalStore(lake))) == 2
    rates = {row.item_id: row.rates for row in Estimate.objects.all()}
    assert rates[liked.id][4] > rates[other.id][4] > 0
    assert rates[liked.id][6] > rates[other.id][6], "bought of the shop again"
    arm = LaneArm.objects.get()
    assert (arm.owner_id, arm.item_id, arm.spent) == (owner.id, other.id, 0), "one arm an owner, the newest thing"
    strengths = {(b.kind, b.target): b.strength for b in queries.beliefs(buyer.pseudonym)}
    assert strengths.keys() == {("shop", shop.id), ("category", liked.category_id)}
    assert all(0.9 < strength <= 1 for strength in strengths.values())
    actions.hide(buyer.pseudonym, shop.id)
    actions.forget_beliefs(buyer.pseudonym)
    actions.learn(snapshot(LocalStore(lake)))
    assert [row.kind for row in Belief.objects.all()] == ["hidden"], "what was forgotten is not learnt again"


def test_an_owner_whose_budget_is_spent_leaves_the_lane(settings, shelve: Shelve, monkeypatch: pytest.MonkeyPatch):
    from laotie.traffic.feed import lane

    owner = make_account("Wang")
    shop = make_shop(owner)
    make_product(shop, "New")
    make_product(make_shop(owner, "Second shop"), "New, too")
    shelve()
    recorded: list[Recorded] = []
    monkeypatch.setattr(decisions.poster, "post", lambda _bus, _subject, fact: recorded.append(fact))
    lake = settings.HOME / "lake"
    with lake_at(lake).writing() as writing:
        writing.commit("test", 1, [placed(new_id(), shop.id, None, clock.now(), None)])
    actions.learn(snapshot(LocalStore(lake)))
    assert len(lane.arms()) == 1, "two shops of one owner have one place"
    for _ in range(3):
        pipeline.decide(Asking(Manner.FOR_YOU))
    facts = [fact.fact() for fact in recorded]
    assert all(isinstance(fact, FeedDecided) for fact in facts)
    in_lane = [replace(fact, body=fact.body | {"arms": ["lane"] * len(fact.body["arms"])}) for fact in recorded]
    with lake_at(lake).writing() as writing:
        writing.commit("test", 2, in_lane)
    actions.count_lane(snapshot(LocalStore(lake)))
    assert LaneArm.objects.get().spent == 6
    LaneArm.objects.update(spent=200)
    assert lane.arms() == ()
