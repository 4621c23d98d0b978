"""REST of scores, rulebooks, appeals, violations, standing: who may read and do what, and that nothing else changes."""

from datetime import timedelta

import pytest
from django.test import Client

from laotie.kit import clock
from laotie.people.accounts.actions import make_token
from laotie.trust.appeals.models import AppealRow
from laotie.trust.previews.models import PreviewRow
from laotie.trust.rulebook import actions as rulebooks
from laotie.trust.rulebook import queries as rulebook_queries
from laotie.trust.rulebook.models import DraftRow, VersionRow
from laotie.trust.scores import queries
from laotie.trust.scores.contracts import SHOP
from laotie.trust.violations.models import ViolationRow
from tests.makers import make_account, make_operator, make_shop, make_staff
from tests.trust.test_appeals import NIGHT, WORDS, Market, scores

pytestmark = pytest.mark.django_db
DAY = NIGHT.date() - timedelta(days=1)
WHO = ("visitor", "buyer", "other", "packer", "keeper", "owner", "operator")


@pytest.fixture
def market(tmp_path):
    made = Market(tmp_path)
    with clock.travel(NIGHT):
        scores.publish(made.lake(), DAY)
    with clock.travel(NIGHT + timedelta(hours=1)):
        yield made


@pytest.fixture
def keys(market):
    """A header for each kind of caller."""
    stranger = make_account("Other")
    make_shop(stranger, "Other shop")
    people = {
        "buyer": make_account("Buyer"), "other": stranger, "owner": market.owner, "operator": make_operator("Judge"),
        "packer": make_staff(market.owner, market.shop, "orders"),
        "keeper": make_staff(market.owner, market.shop, "score"),
    }  # fmt: skip
    made = {name: make_token(person.id, name="test", days=1)[1] for name, person in people.items()}
    return {"visitor": {}} | {name: {"Authorization": f"Bearer {key}"} for name, key in made.items()}


def written():
    """All that these calls could write."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (AppealRow, ViolationRow, DraftRow, VersionRow, PreviewRow)
    ]


def calls(market):
    """name: (method, address, body, who may, the answer to whom may)."""
    shop, line = market.shop, market.cost().line_id
    score = f"/api/scores/shop/{shop.id}"
    draft = rulebook_queries.draft()
    mine, operators = ("keeper", "owner"), ("operator",)
    deal = {"kind": "shop", "entity_id": str(shop.id), "line_id": str(line), "words": WORDS}
    judged = {"kind": "shop", "entity_id": str(shop.id), "rule": "abuse", "points_bp": 500, "note": "Insulted a buyer."}
    return {
        "score": ("get", score, None, WHO, 200),
        "days": ("get", f"{score}/days", None, WHO, 200),
        "own score": ("get", f"{score}/mine", None, mine, 200),
        "what-if": ("get", f"{score}/what-if?target=4.9", None, mine, 200),
        "standing": ("get", f"/api/standing/shops/{shop.slug}", None, ("packer", *mine), 200),
        "history": ("get", f"/api/standing/shops/{shop.slug}/history", None, ("packer", *mine), 200),
        "rulebook": ("get", "/api/rulebook", None, WHO, 200),
        "versions": ("get", "/api/rulebook/versions", None, WHO, 200),
        "version": ("get", f"/api/rulebook/versions/{draft.key}", None, WHO, 200),
        "draft": ("get", "/api/rulebook/draft", None, operators, 200),
        "write": ("put", "/api/rulebook/draft", {"content": "# x\n", "seen": draft.key}, operators, 200),
        "drop": ("delete", "/api/rulebook/draft", None, operators, 204),
        "publish": ("post", "/api/rulebook/versions", {"note": WORDS, "seen": draft.key}, operators, 422),
        "withdraw": ("post", f"/api/rulebook/versions/{draft.key}/withdraw", {"note": WORDS}, operators, 404),
        "try": ("post", "/api/previews", None, operators, 202),
        "effects": ("get", f"/api/previews/effects/shop/{shop.id}", None, mine, 200),
        "appeal": ("post", "/api/appeals/deals", deal, mine, 201),
        "appeals": ("get", f"/api/appeals/mine/shop/{shop.id}", None, mine, 200),
        "waiting": ("get", "/api/appeals/waiting", None, operators, 200),
        "judge": ("post", "/api/violations", judged, operators, 201),
        "violations": ("get", f"/api/violations/shop/{shop.id}", None, mine, 200),
    }


NAMES = (
    "score", "days", "own score", "what-if", "standing", "history", "rulebook", "versions", "version", "draft",
    "write", "drop", "publish", "withdraw", "try", "effects", "appeal", "appeals", "waiting", "judge", "violations",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_who_may(market, keys, name):
    assert set(NAMES) == set(calls(market))
    method, address, body, may, status = calls(market)[name]
    for who in sorted(WHO, key=lambda who: who in may):  # those who may not, first: they change nothing
        before = written()
        answer = getattr(Client(), method)(address, body, content_type="application/json", headers=keys[who])
        if who in may:
            assert answer.status_code in (status, 409), (who, answer.content)
            continue
        assert answer.status_code == (401 if who == "visitor" else 403), (who, answer.content)
        assert written() == before
        assert str(market.cost().order_id) not in answer.content.decode()


def test_the_public_score_sums_and_hides_the_deals(market):
    answer = Client().get(f"/api/scores/shop/{market.shop.id}").json()
    assert sum(part["contribution"] for part in answer["parts"]) == pytest.approx(answer["total"])
    assert answer["score"] == queries.score(SHOP, market.shop.id).score
    assert "costs" not in answer
    assert Client().get(f"/api/scores/nothing/{market.shop.id}").status_code == 422


def test_a_draft_with_faults_is_kept_and_each_is_told(market, keys):
    draft = rulebook_queries.draft()
    content = draft.content.replace("good = 4.40", "good = 4.90")
    answer = Client().put(
        "/api/rulebook/draft", {"content": content, "seen": draft.key}, content_type="application/json",
        headers=keys["operator"],
    ).json()  # fmt: skip
    (fault,) = answer["faults"]
    assert fault["entry"] == "bands.leading"
    assert fault["line"] == content[: content.index("leading = ")].count("\n") + 1
    assert rulebook_queries.draft().content == content


def test_a_violation_and_its_appeal_over_rest(market, keys):
    judged = Client().post(
        "/api/violations",
        {"kind": "shop", "entity_id": str(market.shop.id), "rule": "abuse", "points_bp": 500, "note": "Insulted one."},
        content_type="application/json", headers=keys["operator"],
    ).json()  # fmt: skip
    appeal = {"violation_id": judged["id"], "words": "We never said that."}
    for who, status in (("other", 403), ("packer", 403), ("owner", 201), ("keeper", 409)):
        answer = Client().post("/api/appeals/violations", appeal, content_type="application/json", headers=keys[who])
        assert answer.status_code == status, who
    made = AppealRow.objects.get()
    for who, status in (("owner", 403), ("operator", 200), ("operator", 409)):
        answer = Client().post(
            f"/api/appeals/{made.pk}/uphold", {"answer": "The talk shows it."}, content_type="application/json",
            headers=keys[who],
        )  # fmt: skip
        assert answer.status_code == status, who
    assert ViolationRow.objects.get().voided_at is not None
    assert rulebooks.earliest_day() > rulebook_queries.today()
