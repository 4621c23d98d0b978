"""Reporting, judging, objecting: the whole life of a report, who may do what, and who is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from laotie.kit import clock
from laotie.kit.errors import MarketError, NotFound
from laotie.kit.ids import new_id
from laotie.people.accounts.contracts import AccountView
from laotie.people.accounts.errors import OperatorsOnly
from laotie.people.accounts.models import Account
from laotie.people.audit.actions import audit
from laotie.people.audit.models import Audit
from laotie.people.desk import actions, errors, queries, subjects
from laotie.people.desk.contracts import Reason, Reportable, State, Subject
from laotie.people.desk.models import FilingRow, ReportRow
from laotie.people.desk.transitions import TABLE, after
from laotie.people.notices.models import Notice
from laotie.people.words import BadWords
from laotie.stream.outbox.models import OutboxRow
from tests.html import validate
from tests.makers import make_account, make_operator

pytestmark = pytest.mark.django_db


@dataclass
class Things:
    """A kind of thing that exists only here; remembers what was done to it."""

    owner: AccountView
    thing: UUID = field(default_factory=new_id)
    done: list[tuple[str, str]] = field(default_factory=list)

    def describe(self, account_id: UUID, object_id: UUID) -> Subject:
        if object_id != self.thing:
            raise NotFound
        return Subject("A thing", "/thing", (self.owner.id,), "As it was")

    def reportable(self) -> Reportable:
        return Reportable(
            "thing",
            self.describe,
            lambda operator, thing, reason: self.done.append(("down", reason)),
            lambda operator, thing, reason: self.done.append(("back", reason)),
        )


@pytest.fixture
def things() -> Iterator[Things]:
    things = Things(make_account("Owner"))
    actions.open_to_reports(things.reportable())
    yield things
    del subjects._kinds["thing"]


@pytest.fixture
def operator() -> AccountView:
    return make_operator()


def notices(account: AccountView) -> list[str]:
    return list(Notice.objects.filter(account_id=account.id).order_by("at", "pk").values_list("kind", flat=True))


def test_complaints_about_one_thing_join_while_it_is_open(things: Things) -> None:
    first = actions.report(make_account().id, "thing", things.thing, "fake", "Not jade at all")
    second = actions.report(make_account().id, "thing", things.thing, "other", "It smells odd")
    assert first.id == second.id
    assert [filing.reason for filing in second.filings] == [Reason.FAKE, Reason.OTHER]
    assert OutboxRow.objects.filter(kind="report.filed").count() == 2


def test_a_new_case_opens_after_the_last_was_decided(things: Things, operator: AccountView) -> None:
    first = actions.report(make_account().id, "thing", things.thing, "fake")
    actions.dismiss(operator.id, first.id)
    assert actions.report(make_account().id, "thing", things.thing, "fake").id != first.id


@pytest.mark.parametrize(
    ("kind", "reason", "words", "error"),
    [
        ("nothing", "fake", "", errors.NotReportable),
        ("thing", "boring", "", errors.BadReason),
        ("thing", "other", "", BadWords),
        ("thing", "fake", "x" * 1001, BadWords),
    ],
)
def test_bad_reports_leave_nothing(
    things: Things, kind: str, reason: str, words: str, error: type[MarketError]
) -> None:
    with pytest.raises(error):
        actions.report(make_account().id, kind, things.thing, reason, words)
    assert ReportRow.objects.count() == 0


def test_reporting_twice_is_refused_and_so_is_ones_own(things: Things) -> None:
    reporter = make_account()
    actions.report(reporter.id, "thing", things.thing, "fake")
    with pytest.raises(errors.AlreadyReported):
        actions.report(reporter.id, "thing", things.thing, "spam")
    with pytest.raises(errors.OwnThing):
        actions.report(things.owner.id, "thing", things.thing, "fake")
    assert FilingRow.objects.count() == 1


def test_a_takedown_acts_is_audited_recorded_and_told(things: Things, operator: AccountView) -> None:
    reporter = make_account()
    case = actions.report(reporter.id, "thing", things.thing, "fake")
    decided = actions.take_down(operator.id, case.id, "Sold as jade, is glass.")
    assert (decided.state, things.done) == (State.TAKEN_DOWN, [("down", "Sold as jade, is glass.")])
    assert notices(reporter) == ["report.outcome"]
    assert notices(things.owner) == ["report.decision"]
    assert Audit.objects.filter(object_id=case.id).values_list("act", flat=True).get() == "report.take_down"
    fact = OutboxRow.objects.get(kind="report.judged")
    assert (fact.body["outcome"], fact.body["filings"]) == ("taken_down", 1)


def test_an_objection_can_put_the_thing_back(things: Things, operator: AccountView) -> None:
    case = actions.report(make_account().id, "thing", things.thing, "fake")
    actions.take_down(operator.id, case.id, "Looks like glass.")
    assert actions.object_to(things.owner.id, case.id, "Here is its certificate.").state == State.OBJECTED
    assert queries.waiting_count(operator.id) == 1
    assert actions.restore(operator.id, case.id, "The certificate is good.").state == State.RESTORED
    assert [act for act, _ in things.done] == ["down", "back"]
    assert notices(things.owner) == ["report.decision", "report.decision"]


def test_only_its_owner_objects_and_only_in_time(things: Things, operator: AccountView) -> None:
    case = actions.report(make_account().id, "thing", things.thing, "fake")
    actions.take_down(operator.id, case.id, "Looks like glass.")
    with pytest.raises(errors.NotItsOwner):
        actions.object_to(make_account().id, case.id, "Not mine, but no.")
    with clock.travel(clock.now() + timedelta(days=15)), pytest.raises(errors.TooLateToObject):
        actions.object_to(things.owner.id, case.id, "Here is its certificate.")


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", ["dismiss", "warn", "take_down", "object", "uphold", "restore"])
def test_every_state_and_act(state: State, act: str) -> None:
    if (state, act) in TABLE:
        assert after(state, act) == TABLE[state, act]
    else:
        with pytest.raises(errors.AlreadyJudged):
            after(state, act)


@pytest.mark.parametrize("act", [actions.dismiss, actions.warn, actions.take_down, actions.uphold, actions.restore])
def test_only_operators_decide(things: Things, act: object) -> None:
    case = actions.report(make_account().id, "thing", things.thing, "fake")
    with pytest.raises(OperatorsOnly):
        act(things.owner.id, case.id, "Because I say so.")  # type: ignore[operator]
    assert ReportRow.objects.get().state == State.OPEN


def test_the_owner_never_learns_who_complained(things: Things, operator: AccountView) -> None:
    case = actions.report(make_account().id, "thing", things.thing, "fake")
    with pytest.raises(errors.NoSuchReport):
        queries.report_for(things.owner.id, case.id)
    actions.warn(operator.id, case.id, "Say what it is made of.")
    assert queries.report_for(things.owner.id, case.id).filings == ()
    assert len(queries.report_for(operator.id, case.id).filings) == 1


# Pages: (visitor, buyer, owner, operator) → status of reading it
PAGES = {
    "/operator/": (302, 403, 403, 200),
    "/operator/applications": (302, 403, 403, 200),
    "/operator/reports": (302, 403, 403, 200),
    "/operator/reports?view=decided": (302, 403, 403, 200),
    "/operator/reports/{report}": (302, 403, 403, 200),
    "/operator/accounts?q=own": (302, 403, 403, 200),
    "/operator/accounts/{owner}": (302, 403, 403, 200),
    "/operator/audit?act=report": (302, 403, 403, 200),
    "/operator/audit.csv": (302, 403, 403, 200),
    "/report/thing/{thing}": (302, 200, 200, 200),
    "/reports": (302, 200, 200, 200),
    "/reports/{report}": (302, 404, 200, 200),
}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_who_reads_which_page(
    client: Client, things: Things, operator: AccountView, address: str, language: str
) -> None:
    case = actions.report(make_account("Rep").id, "thing", things.thing, "other", "It smells odd")
    actions.take_down(operator.id, case.id, "Looks like glass.")
    where = address.format(report=case.id, thing=things.thing, owner=things.owner.id)
    for account, status in zip((None, make_account(), things.owner, operator), PAGES[address], strict=True):
        if account:
            client.force_login(Account.objects.get(pk=account.id))
        response = client.get(where, headers={"accept-language": language})
        assert response.status_code == status, account
        if status == 200 and "html" in response["Content-Type"]:
            validate(response.content)


def test_a_report_is_sent_from_its_page_and_leads_back(client: Client, things: Things) -> None:
    client.force_login(Account.objects.get(pk=make_account().id))
    address = f"/report/thing/{things.thing}"
    assert "field-error" in client.post(address, {"reason": "other", "words": ""}).content.decode()
    response = client.post(address, {"reason": "fake", "words": "", "next": "/thing"})
    assert response["Location"] == "/thing"
    assert ReportRow.objects.get().title == "A thing"


def test_an_operator_decides_on_the_page_and_owes_a_reason(
    client: Client, things: Things, operator: AccountView
) -> None:
    case = actions.report(make_account().id, "thing", things.thing, "fake")
    client.force_login(Account.objects.get(pk=operator.id))
    address = f"/operator/reports/{case.id}"
    assert client.post(address, {"act": "warn", "words": ""}).status_code == 200
    assert ReportRow.objects.get().state == State.OPEN
    assert client.post(address, {"act": "warn", "words": "Name the material."}).status_code == 302
    assert ReportRow.objects.get().state == State.WARNED
    assert client.post(address, {"act": "dismiss", "words": ""}).status_code == 409


def test_reports_are_rate_limited(client: Client, things: Things) -> None:
    client.force_login(Account.objects.get(pk=make_account().id))
    with clock.travel(clock.now().replace(second=1)):
        codes = [client.post(f"/report/thing/{things.thing}", {"reason": "nonsense"}).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_the_record_exports_what_it_shows_and_disarms_formulas(client: Client, operator: AccountView) -> None:
    audit(operator.id, "=cmd()", "thing", new_id(), {"a": 1})
    audit(operator.id, "other", "thing", new_id())
    client.force_login(Account.objects.get(pk=operator.id))
    lines = b"".join(client.get("/operator/audit.csv?act=%3D")).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert lines[0] == "at,actor_id,actor,act,object_kind,object_id,data"
    assert len(lines) == 2 and ",'=cmd()," in lines[1]


def test_a_suspended_account_is_out_at_once(client: Client, operator: AccountView) -> None:
    person = make_account()
    theirs = Client()
    theirs.force_login(Account.objects.get(pk=person.id))
    client.force_login(Account.objects.get(pk=operator.id))
    address = f"/operator/accounts/{person.id}"
    assert client.post(address, {"act": "suspend", "words": "Sells fakes."}).status_code == 302
    assert theirs.get("/reports").status_code == 302
    assert client.post(address, {"act": "readmit"}).status_code == 302
    assert list(Audit.objects.filter(object_id=person.id).order_by("at").values_list("act", flat=True)) == [
        "account.suspend",
        "account.readmit",
    ]


def test_operators_are_not_suspended(client: Client, operator: AccountView) -> None:
    client.force_login(Account.objects.get(pk=operator.id))
    response = client.post(f"/operator/accounts/{operator.id}", {"act": "suspend", "words": "No reason."})
    assert response.status_code == 409


# (visitor, buyer, owner, operator) → status of the REST call
REST = {
    ("GET", "/api/desk/reports"): (401, 403, 403, 200),
    ("GET", "/api/desk/reports/mine"): (401, 200, 200, 200),
    ("GET", "/api/desk/reports/{report}"): (401, 404, 404, 200),
    ("GET", "/api/audit/acts?act=report"): (401, 403, 403, 200),
    ("POST", "/api/desk/reports/{report}/dismiss"): (401, 403, 403, 200),
    ("POST", "/api/desk/reports/{report}/warn"): (401, 403, 403, 200),
    ("POST", "/api/desk/reports/{report}/take-down"): (401, 403, 403, 200),
    ("POST", "/api/desk/reports/{report}/objection"): (401, 403, 409, 403),
    ("POST", "/api/desk/reports/{report}/uphold"): (401, 403, 403, 409),
    ("POST", "/api/desk/reports/{report}/restore"): (401, 403, 403, 409),
}


@pytest.mark.parametrize("call", REST)
def test_who_calls_what(client: Client, things: Things, operator: AccountView, call: tuple[str, str]) -> None:
    method, address = call
    case = actions.report(make_account("Rep").id, "thing", things.thing, "fake")
    for account, status in zip((None, make_account(), things.owner, operator), REST[call], strict=True):
        client.logout()
        if account:
            client.force_login(Account.objects.get(pk=account.id))
        body = '{"words": "A good reason"}'
        response = client.generic(method, address.format(report=case.id), body, content_type="application/json")
        assert response.status_code in ({401, 403} if status == 401 else {status}), (account, response.content)
        if status >= 400:
            assert ReportRow.objects.get().state == State.OPEN and things.done == []


def test_a_report_over_rest_tells_its_sender_little(client: Client, things: Things) -> None:
    client.force_login(Account.objects.get(pk=make_account().id))
    body = {"kind": "thing", "object_id": str(things.thing), "reason": "fake"}
    response = client.post("/api/desk/reports", body, content_type="application/json")
    assert response.status_code == 201
    assert set(response.json()) == {"id", "object_kind", "object_id", "title", "state"}
    bad = client.post("/api/desk/reports", {**body, "reason": "dull"}, content_type="application/json")
    assert bad.status_code == 422
