"""Whatever is sent to the REST description, the market answers with a sentence, never with a fault (schemathesis)."""

import json

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from laotie.people.accounts.actions import make_token
from laotie.runtime.api import api
from tests.makers import make_account, make_operator, make_shop

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# read from the description itself: a request at import would connect before the tests have their database
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
schema.app = get_wsgi_application()


@pytest.fixture
def callers(transactional_db):
    """The headers of each kind of caller; the merchant owns a shop, so that a seller's paths are reachable.

    What is sent is kept, as in a real market: requests open and close connections of their own.
    """
    merchant, operator = make_account("Merchant"), make_operator()
    make_shop(merchant)
    keys = [make_token(account.id, name="schema", days=1)[1] for account in (merchant, operator)]
    return [{}, *({"Authorization": f"Bearer {key}"} for key in keys)]


@schema.parametrize()
@settings(
    max_examples=15,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_no_answer_is_a_fault(case, callers):
    for headers in callers:
        response = case.call(headers=headers | {"Host": "localhost"})
        case.validate_response(response, checks=[not_a_server_error])
