"""Rulebooks: one is in force on every day, none is ever changed, and the next one gives a week's notice."""

from datetime import date, timedelta

import pytest

from laotie.engine.scores.places import replaced
from laotie.kit import clock
from laotie.people.accounts.errors import OperatorsOnly
from laotie.people.audit.queries import acts_on
from laotie.stream.outbox.models import OutboxRow
from laotie.trust.rulebook import actions, queries, shipped
from laotie.trust.rulebook.contracts import record_key
from laotie.trust.rulebook.errors import (
    BadDraft,
    CountsAlready,
    DayTaken,
    NameTaken,
    NoSuchVersion,
    NotAnEntry,
    NoteMissing,
    NothingNew,
    StaleDraft,
    TooSoon,
)
from tests.makers import make_account, make_operator

pytestmark = pytest.mark.django_db
NOTE = "Late parcels weigh more, because buyers say so."


@pytest.fixture
def operator():
    return make_operator().id


def draft(operator, name="v9", days=7, **values):
    """Write a draft that counts in so many days, with some numbers changed; returns its key."""
    day = queries.today() + timedelta(days=days)
    values = {"name": f'"{name}"', "effective_from": day.isoformat()} | values
    return actions.set_entries(operator, values, queries.draft().key).key


def publish(operator, **how):
    return actions.publish(operator, NOTE, draft(operator, **how))


def test_what_ships_is_version_one():
    assert queries.versions() == [shipped.version()]
    assert queries.effective(date(2026, 5, 1)).version == shipped.version().version
    assert queries.effective(date(2016, 5, 1)).version == shipped.version().version
    actions.plant()
    actions.plant()
    (row,) = queries.versions()
    assert (row.version, row.content) == (shipped.version().version, shipped.version().content)


def test_published_it_counts_from_its_day_and_the_old_one_stays_as_it_was(operator):
    old = shipped.version()
    new = publish(operator, days=10)
    day = queries.today() + timedelta(days=10)
    assert queries.effective(day - timedelta(days=1)).version == old.version
    assert queries.effective(day).version == queries.effective(day + timedelta(days=99)).version == new.version
    assert queries.version(old.name).content == old.content
    assert queries.rulebook(new.version).name == "v9"
    assert queries.coming() == [new]
    assert queries.draft().content == old.content
    fact = OutboxRow.objects.get(kind="rulebook.published").body
    assert (fact["rulebook"], fact["effective_from"], fact["note"]) == (new.version, str(day), NOTE)
    (act,) = acts_on("rulebook", record_key(new.version))
    assert (act.act, act.data["name"]) == ("rulebook.published", "v9")


def test_a_number_changes_and_comments_stay(operator):
    before = queries.draft().content
    actions.set_entries(operator, {"resources.settlement.weak": "21"}, queries.draft().key)
    after = queries.draft().content
    assert after == replaced(before, {"resources.settlement.weak": "21"})
    assert after.count("#") == before.count("#")
    (change,) = queries.changes(_raw(before), _raw(after))
    assert (change.entry, change.before, change.after) == ("resources.settlement.weak", 14, 21)
    with pytest.raises(NotAnEntry):
        actions.set_entries(operator, {"resources.settlement.best": "1"}, queries.draft().key)


def _raw(content):
    import tomllib

    return tomllib.loads(content)


def test_notice_is_a_whole_week(operator):
    key = draft(operator, days=6)
    with pytest.raises(TooSoon) as refused:
        actions.publish(operator, NOTE, key)
    assert refused.value.data["earliest"] == str(queries.today() + timedelta(days=7))
    key = draft(operator, days=-3)
    with pytest.raises(TooSoon):
        actions.publish(operator, NOTE, key)
    assert not OutboxRow.objects.filter(kind="rulebook.published").exists()
    assert publish(operator, days=7).name == "v9"


def test_what_cannot_be_published(operator):
    bad = draft(operator, **{"bands.good": "4.9"})
    with pytest.raises(BadDraft) as refused:
        actions.publish(operator, NOTE, bad)
    assert [fault["entry"] for fault in refused.value.data["faults"]] == ["bands.leading"]
    actions.drop_draft(operator)
    with pytest.raises(NameTaken):
        actions.publish(operator, NOTE, draft(operator, name=shipped.version().name))
    with pytest.raises(NoteMissing):
        actions.publish(operator, "  short  ", draft(operator))
    publish(operator, name="v9", days=8)
    with pytest.raises(DayTaken):
        publish(operator, name="v10", days=8)
    with pytest.raises(StaleDraft):
        actions.publish(operator, NOTE, "000000000000")
    actions.save_draft(operator, queries.version("v9").content, queries.draft().key)
    with pytest.raises(NothingNew):
        actions.publish(operator, NOTE, queries.draft().key)


def test_two_operators_do_not_write_over_each_other(operator):
    seen = queries.draft().key
    actions.save_draft(operator, queries.draft().content + "# mine\n", seen)
    with pytest.raises(StaleDraft):
        actions.save_draft(make_operator("Other").id, "# theirs\n", seen)
    assert queries.draft().content.endswith("# mine\n")


def test_one_that_does_not_count_yet_can_be_withdrawn_and_no_other(operator):
    new = publish(operator, days=9)
    with pytest.raises(NoteMissing):
        actions.withdraw(operator, new.version, "")
    gone = actions.withdraw(operator, new.version, "It hurt newcomers in the preview.")
    assert gone.withdrawn_at is not None
    assert queries.coming() == []
    assert queries.effective(new.effective_from).version == shipped.version().version
    assert queries.version("v9") == gone
    for key in (new.version, shipped.version().version):
        with pytest.raises(CountsAlready):
            actions.withdraw(operator, key, "It hurt newcomers in the preview.")
    with pytest.raises(NoSuchVersion):
        actions.withdraw(operator, "nothing", "It hurt newcomers in the preview.")
    later = publish(operator, name="v10", days=9)
    with clock.travel(clock.now() + timedelta(days=9)), pytest.raises(CountsAlready):
        actions.withdraw(operator, later.version, "Too late for second thoughts.")


@pytest.mark.parametrize("act", ["save", "publish", "withdraw", "drop"])
def test_only_operators_write_rulebooks(act):
    who, key = make_account().id, queries.draft().key
    acts = {
        "save": lambda: actions.save_draft(who, "# mine\n", key),
        "publish": lambda: actions.publish(who, NOTE, key),
        "withdraw": lambda: actions.withdraw(who, key, NOTE),
        "drop": lambda: actions.drop_draft(who),
    }
    with pytest.raises(OperatorsOnly):
        acts[act]()
    assert queries.draft().content == shipped.version().content
