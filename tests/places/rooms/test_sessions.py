"""A session's life, its cards and its chat, by the actions that the pages call."""

from datetime import timedelta

import pytest

from laotie.goods.terms import actions as terms
from laotie.kit import clock
from laotie.kit.errors import MarketError
from laotie.people.creators.errors import NoSuchCreator
from laotie.people.notices import queries as notices
from laotie.places.rooms import actions, crowd, queries, whole
from laotie.places.rooms.contracts import (
    CardAdded,
    CardExplained,
    ChatSaid,
    Role,
    SessionEnded,
    SessionOpened,
    SessionShowedUp,
    State,
)
from laotie.places.rooms.errors import (
    BadPlan,
    BadUsed,
    Blocked,
    CardTwice,
    Muted,
    NoDrawback,
    NoSuchLine,
    NoSuchSession,
    NotCardable,
    NothingSaid,
    NotYourRoom,
    OnAirAlready,
    ShutOut,
    TooFast,
    WrongState,
)
from laotie.places.rooms.intent import Intent, read
from laotie.stream.outbox.models import OutboxRow
from tests.makers import make_account, make_offer, make_operator, make_shop
from tests.places.rooms.making import RATE_BP, Heard, make_card, make_host, make_plan_offer, make_session

pytestmark = pytest.mark.django_db


def facts(kind: type) -> list[object]:
    from laotie.stream.facts import decode

    return [decode(kind, row.body) for row in OutboxRow.objects.filter(kind=kind.KIND).order_by("position")]


def test_a_session_is_planned_announced_opened_ended_and_reviewed():
    host = make_host()
    session = make_session(host)
    assert session.state is State.PLANNED
    with pytest.raises(NoSuchSession):
        queries.session_for(None, session.id)
    assert actions.announce(host.id, session.id).state is State.ANNOUNCED
    assert queries.announced()[0].session_id == session.id
    assert actions.open_room(host.id, session.id).state is State.ON_AIR
    assert actions.open_room(host.id, session.id).state is State.ON_AIR
    assert actions.end(host.id, session.id).state is State.ENDED
    assert actions.end(host.id, session.id).state is State.ENDED
    assert actions.review(host.id, session.id).state is State.REVIEWED
    with pytest.raises(WrongState):
        actions.open_room(host.id, session.id)
    assert [len(facts(kind)) for kind in (SessionOpened, SessionEnded)] == [1, 1]


def test_plans_lie_in_the_time_to_come_and_are_a_creators():
    host = make_host()
    for at in (clock.now() - timedelta(hours=1), clock.now() + timedelta(days=91)):
        with pytest.raises(BadPlan):
            actions.plan(host.id, "Prawns", at)
    with pytest.raises(NoSuchCreator):
        actions.plan(make_account("Buyer").id, "Prawns", clock.now())


def test_one_session_of_a_creator_is_on_air_at_a_time():
    host = make_host()
    make_session(host, on_air=True)
    with pytest.raises(OnAirAlready):
        make_session(host, on_air=True, title="Another")


def test_what_is_on_air_is_told_to_who_shows_it():
    host = make_host("Mei")
    session = make_session(host, on_air=True)
    card = make_card(host, session)
    [shown] = queries.on_air()
    assert (shown.session_id, shown.creator_id, shown.creator, shown.title) == (session.id, host.id, "Mei", "Prawns")
    assert shown.product_ids == (card.product_id,)
    actions.end(host.id, session.id)
    assert queries.on_air() == ()


def test_a_card_keeps_what_was_known_when_it_was_carded():
    host = make_host()
    session = make_session(host)
    offer = make_plan_offer(price_minor=6990)
    day = clock.now().date() - timedelta(days=30)
    card = actions.add_card(host.id, session.id, offer.id, " Salty;  soak them ", used="own_deal", used_since=day)
    assert (card.price.minor, card.commission_bp, card.band, card.drawback) == (
        6990,
        RATE_BP,
        "good",
        "Salty; soak them",
    )
    assert (card.used, card.used_since) == ("own_deal", day)
    [added] = facts(CardAdded)
    assert (added.card, added.price_minor, added.multiplier_bp, added.used_since) == (card.id, 6990, 10_000, day)
    assert added.plan == card.plan_id is not None


def test_a_card_needs_a_plan_a_drawback_and_a_true_day():
    host = make_host()
    session, offer = make_session(host), make_plan_offer()
    unplanned = make_offer(make_shop(make_account("Owner")))
    tomorrow = clock.now().date() + timedelta(days=2)
    for error, offer_id, drawback, more in (
        (NotCardable, unplanned.id, "Salty, soak", {}),
        (NoDrawback, offer.id, "  ", {}),
        (NoDrawback, offer.id, "x" * 121, {}),
        (BadUsed, offer.id, "Salty, soak", {"used": "own_deal"}),
        (BadUsed, offer.id, "Salty, soak", {"used": "sample", "used_since": tomorrow}),
        (BadUsed, offer.id, "Salty, soak", {"used": "heard of it", "used_since": clock.now().date()}),
    ):
        with pytest.raises(error):
            actions.add_card(host.id, session.id, offer_id, drawback, **more)
    make_card(host, session, offer)
    with pytest.raises(CardTwice):
        make_card(host, session, offer)
    assert len(queries.cards(session.id)) == 1


def test_a_host_may_show_what_an_own_shop_sells_without_a_plan():
    host = make_host()
    offer = make_offer(make_shop(host))
    assert make_card(host, make_session(host), offer).commission_bp == 0


def test_a_plan_for_another_creator_is_none_for_this_one():
    host, other = make_host(), make_host("Other")
    offer = make_offer(make_shop(make_account("Owner")))
    terms.offer_plan(offer.id, 1500, creators=[other.id])
    with pytest.raises(NotCardable):
        make_card(host, make_session(host), offer)
    assert make_card(other, make_session(other), offer).commission_bp == 1500


def test_explaining_keeps_each_stretch_and_one_at_a_time():
    host = make_host()
    session = make_session(host, on_air=True)
    first, second = make_card(host, session), make_card(host, session)
    began = clock.now()
    with clock.travel(began):
        actions.explain(host.id, session.id, first.id)
    with clock.travel(began + timedelta(seconds=40)):
        actions.explain(host.id, session.id, second.id)
    with clock.travel(began + timedelta(seconds=70)):
        actions.end(host.id, session.id)
    assert [(fact.card, fact.seconds) for fact in facts(CardExplained)] == [(first.id, 40), (second.id, 30)]
    assert queries.session(session.id).explaining_id is None


def test_taking_the_explained_card_away_shows_none(heard: Heard, django_capture_on_commit_callbacks):
    host = make_host()
    session = make_session(host, on_air=True)
    card = make_card(host, session)
    actions.explain(host.id, session.id, card.id)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_card(host.id, session.id, card.id)
    assert heard.kinds() == ["explaining", "uncarded"]
    assert whole.state(session.id)["cards"] == []


def test_chat_is_numbered_said_and_kept(heard: Heard, django_capture_on_commit_callbacks):
    host, buyer = make_host(), make_account("Wei")
    session = make_session(host, on_air=True)
    with django_capture_on_commit_callbacks(execute=True):
        line = actions.say(buyer.id, session.id, "  怎么买？ ")
    assert (line.words, line.role, line.intent) == ("怎么买？", Role.VIEWER, "buy")
    assert heard.said[-1][0] == f"room.{session.id}.said"
    assert heard.events[-1]["seq"] == line.seq == queries.session(session.id).seq
    assert "intent" not in heard.events[-1]["body"]["line"]
    [said] = facts(ChatSaid)
    assert (said.intent, said.characters, said.role) == ("buy", 4, "viewer")


def test_what_may_not_be_said():
    host, buyer = make_host(), make_account("Wei")
    session = make_session(host)
    with pytest.raises(NoSuchSession):
        actions.say(buyer.id, session.id, "hello")
    actions.open_room(host.id, session.id)
    actions.block_words(host.id, session.id, "expensive\n\n  too dear ")
    for error, words in (
        (NothingSaid, "   "), (NothingSaid, "x" * 201), (NothingSaid, "a\x00b"), (Blocked, "加 微-信 123"),
        (Blocked, "ＷhatsApp me!"), (Blocked, "so E x p e n s i v e"), (Blocked, "that is TOO  DEAR"),
    ):  # fmt: skip
        with pytest.raises(error):
            actions.say(buyer.id, session.id, words)
    assert actions.say(host.id, session.id, "not too dear").words == "not too dear"
    actions.end(host.id, session.id)
    with pytest.raises(WrongState):
        actions.say(buyer.id, session.id, "hello")


def test_who_floods_is_slowed_and_the_host_never():
    host, buyer = make_host(), make_account("Wei")
    session = make_session(host, on_air=True)
    with clock.travel(clock.now()):
        for number in range(20):
            actions.say(buyer.id, session.id, f"line {number}")
        with pytest.raises(TooFast) as slowed:
            actions.say(buyer.id, session.id, "one more")
        assert 1 <= slowed.value.data["retry_after"] <= 60
        for number in range(25):
            actions.say(host.id, session.id, f"host {number}")
    assert len(queries.lines(session.id)) == 45


def test_mute_ban_and_pardon():
    host, buyer = make_host(), make_account("Wei")
    session = make_session(host, on_air=True)
    line = actions.say(buyer.id, session.id, "rubbish")
    actions.mute(host.id, session.id, line.id, 10)
    with pytest.raises(Muted):
        actions.say(buyer.id, session.id, "more rubbish")
    with clock.travel(clock.now() + timedelta(minutes=11)):
        actions.say(buyer.id, session.id, "sorry")
    actions.ban(host.id, session.id, line.id)
    with pytest.raises(ShutOut):
        queries.session_for(buyer.id, session.id)
    with pytest.raises(ShutOut):
        actions.say(buyer.id, session.id, "hello")
    actions.pardon(host.id, buyer.id)
    assert actions.say(buyer.id, session.id, "thank you").words == "thank you"


def test_helpers_keep_order_and_no_more():
    host, helper, buyer = make_host(), make_account("Helper"), make_account("Wei")
    session = make_session(host, on_air=True)
    card = make_card(host, session)
    actions.appoint(host.id, helper.id)
    line = actions.say(buyer.id, session.id, "rubbish")
    own = actions.say(host.id, session.id, "welcome")
    actions.mute(helper.id, session.id, line.id)
    actions.hide(helper.id, session.id, line.id)
    actions.explain(helper.id, session.id, card.id)
    for forbidden in (
        lambda: actions.hide(helper.id, session.id, own.id),
        lambda: actions.mute(helper.id, session.id, own.id),
        lambda: actions.end(helper.id, session.id),
        lambda: actions.remove_card(helper.id, session.id, card.id),
        lambda: actions.hide(buyer.id, session.id, own.id),
        lambda: actions.explain(buyer.id, session.id, card.id),
    ):
        with pytest.raises(MarketError) as refused:
            forbidden()
        assert refused.value.status == 403
    actions.dismiss(host.id, helper.id)
    with pytest.raises(NotYourRoom):
        queries.desk_for(helper.id, session.id)
    with pytest.raises(NoSuchLine):
        actions.hide(host.id, session.id, line.id)


def test_an_operator_may_end_a_room_and_take_a_line_away():
    host, operator = make_host(), make_operator()
    session = make_session(host, on_air=True)
    line = actions.say(host.id, session.id, "buy outside")
    actions.hide(operator.id, session.id, line.id)
    assert actions.end(operator.id, session.id).state is State.ENDED
    assert facts(SessionEnded)[-1].by == "operator"


def test_questions_of_who_wants_to_buy_come_first():
    host, buyer = make_host(), make_account("Wei")
    session = make_session(host, on_air=True)
    for words in ("lovely!", "when do you ship", "is it from Zhoushan?", "多少钱", "how do I buy this"):
        actions.say(buyer.id, session.id, words)
    asked = queries.questions(session.id)
    assert [line.words for line in asked] == [
        "多少钱", "how do I buy this", "when do you ship", "is it from Zhoushan?",
    ]  # fmt: skip
    actions.answer(host.id, session.id, asked[0].id)
    assert len(queries.questions(session.id)) == 3


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("怎么下单", Intent.BUY), ("求链接", Intent.BUY), ("where can I buy it", Intent.BUY),
        ("how much", Intent.PRICE),
        ("这个多少钱一斤", Intent.PRICE), ("还有货吗", Intent.STOCK), ("is there any left?", Intent.STOCK),
        ("包邮吗", Intent.SHIPPING), ("what size is it", Intent.SIZE),
        ("好吃吗", Intent.QUESTION), ("哈哈哈", Intent.NONE),
        ("I bought it last week", Intent.NONE), ("老铁来了", Intent.NONE),
    ],
)  # fmt: skip
def test_intent_is_read_in_both_languages(words: str, intent: Intent):
    assert read(words) is intent


def test_reservations_are_reminded_called_in_and_counted():
    host, fan, other = make_host(), make_account("Fan"), make_account("Other")
    session = actions.plan(host.id, "Prawns", clock.now() + timedelta(hours=2))
    actions.announce(host.id, session.id)
    actions.reserve(fan.id, session.id)
    actions.reserve(fan.id, session.id)
    actions.reserve(other.id, session.id)
    assert actions.remind_due() == 0
    with clock.travel(session.planned_at - timedelta(minutes=10)):
        assert actions.remind_due() == 2
        assert actions.remind_due() == 0
        actions.give_up(other.id, session.id)
        actions.open_room(host.id, session.id)
    assert [notice.kind for notice in notices.notices(fan.id)] == ["room", "room"]
    actions.came(fan.id, session.id)
    actions.came(fan.id, session.id)
    assert queries.reservations(session.id) == (1, 1)
    assert len(facts(SessionShowedUp)) == 1


def test_a_moved_session_is_told_and_reminded_anew():
    host, fan = make_host(), make_account("Fan")
    session = actions.plan(host.id, "Prawns", clock.now() + timedelta(minutes=10))
    actions.announce(host.id, session.id)
    actions.reserve(fan.id, session.id)
    assert actions.remind_due() == 1
    actions.change(host.id, session.id, "Prawns", session.planned_at + timedelta(days=1), "")
    assert actions.remind_due() == 0
    with clock.travel(session.planned_at + timedelta(hours=23, minutes=50)):
        assert actions.remind_due() == 1


def test_a_session_whose_host_is_gone_is_ended_by_the_clock():
    host = make_host()
    session = make_session(host, on_air=True)
    assert actions.end_forgotten() == 0
    with clock.travel(clock.now() + timedelta(minutes=16)):
        assert actions.end_forgotten() == 1
    assert queries.session(session.id).state is State.ENDED
    assert facts(SessionEnded)[-1].by == "clock"


def test_who_is_there_is_counted_once_and_told_every_two_seconds(heard: Heard, monkeypatch: pytest.MonkeyPatch):
    listening = {}
    monkeypatch.setattr(crowd, "heard_by", listening.__setitem__)
    host = make_host()
    session = make_session(host, on_air=True)
    gathered = crowd.Crowd(gather=0)
    stays = [make_account(f"V{n}").pseudonym for n in range(3)]
    start = clock.now()
    with clock.travel(start):
        for stay in (*stays, *stays):
            beat = gathered.here(session.id, stay, stay, hearts=2)
    assert (beat.pulse.viewers, beat.pulse.likes, beat.pulse.beat) == (1, 12, 1)
    with clock.travel(start + timedelta(seconds=2)):
        assert gathered.here(session.id, stays[0], stays[0]).pulse.viewers == 3
    with clock.travel(start + timedelta(seconds=41)):
        beat = gathered.here(session.id, stays[1], stays[1], hearts=10**6)
    assert (beat.pulse.viewers, beat.pulse.peak, beat.pulse.likes) == (2, 3, 12 + crowd.MOST_HEARTS)
    assert heard.kinds() == ["tick"] * 3
    assert listening == {f"room.{session.id}": 2}
    assert set(crowd.viewers_there(session.id, start + timedelta(seconds=1))) == {stays[0], stays[1]}


def test_forgetting_a_person_takes_what_was_said():
    host, buyer = make_host(), make_account("Wei")
    session = make_session(host, on_air=True)
    actions.say(buyer.id, session.id, "my number is 123")
    seq = queries.session(session.id).seq
    actions.forget(buyer.id)
    assert queries.lines(session.id) == []
    assert "123" not in str(queries.since(session.id, seq - 1))


def test_what_was_said_of_a_card_is_cut_once_and_shown_with_its_product(monkeypatch):
    from uuid import UUID

    cuts = []

    def cut(session_id, began_at, ended_at):
        cuts.append(int((ended_at - began_at).total_seconds()))
        return UUID(int=len(cuts))

    monkeypatch.setattr("laotie.places.rooms.video.cut", cut)
    monkeypatch.setattr("laotie.places.rooms.video.clip_address", lambda clip: f"/clips/{clip.int}.mp4")
    host = make_host("Mei")
    session = make_session(host, on_air=True)
    card, slip = make_card(host, session), make_card(host, session)
    began = clock.now()
    for seconds, shown in ((0, card), (40, slip), (42, card), (60, slip)):
        with clock.travel(began + timedelta(seconds=seconds)):
            actions.explain(host.id, session.id, shown.id)
    with clock.travel(began + timedelta(seconds=62)):
        actions.end(host.id, session.id)
    assert (actions.cut_replays(session.id), actions.cut_replays(session.id)) == (2, 0)
    assert cuts == [40, 18]
    found = queries.replays_of(card.product_id)
    assert [(replay.seconds, replay.address, replay.creator) for replay in found] == [
        (18, "/clips/2.mp4", "Mei"), (40, "/clips/1.mp4", "Mei"),
    ]  # fmt: skip
    assert queries.replays_of(slip.product_id) == []
