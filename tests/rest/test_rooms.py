"""The rooms' part of the REST description, sent to a room that is there: on air, with a card and all that sells."""

import json
from uuid import UUID

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from laotie.people.accounts.actions import make_token
from laotie.people.grants import actions as grants
from laotie.people.merchants import queries as merchants
from laotie.places.rooms import actions
from laotie.runtime.api import api
from tests.makers import make_account
from tests.places.rooms.making import make_card, make_host, make_plan_offer, make_session

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
described = json.loads(json.dumps(api.get_openapi_schema(), default=str))
described["paths"] = {path: said for path, said in described["paths"].items() if path.startswith("/api/rooms/{")}
schema = schemathesis.openapi.from_dict(described)
schema.app = get_wsgi_application()


@pytest.fixture
def room(transactional_db) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The ids that its paths name, and the headers of its host, a viewer and a visitor."""
    host, viewer = make_host(), make_account("Viewer")
    session = make_session(host, on_air=True)
    offer = make_plan_offer(price_minor=3000)
    card = make_card(host, session, offer)
    grants.grant(merchants.owners([offer.merchant_id])[offer.merchant_id], host.id, "air", offer.merchant_id)
    line = actions.say(viewer.id, session.id, "how much?")
    coupon = actions.hand_out(host.id, session.id, offer.merchant_id, 100, 100, 1000, minutes=60)
    draw = actions.open_draw(host.id, session.id, "A basket", 1, 60)
    vote = actions.open_vote(host.id, session.id, "Was that true?", ["yes", "no"], 60)
    ids: dict[str, UUID] = {
        "session_id": session.id, "card_id": card.id, "line_id": line.id, "coupon_id": coupon.id, "draw_id": draw.id,
        "vote_id": vote,
    }  # fmt: skip
    keys = [make_token(who.id, name="schema", days=1)[1] for who in (host, viewer)]
    return {name: str(each) for name, each in ids.items()}, [*({"Authorization": f"Bearer {key}"} for key in keys), {}]


@schema.parametrize()
@settings(
    max_examples=8,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_no_answer_is_a_fault(case, room):
    ids, callers = room
    case.path_parameters = {name: ids[name] for name in case.path_parameters}
    for headers in callers:
        response = case.call(headers=headers | {"Host": "localhost"})
        case.validate_response(response, checks=[not_a_server_error])
