"""The REST of all slices is one API at /api, described at /api/docs. Every refusal has one form.

{"code": "sold_out", "sentence": "…in the reader's language…", "field": null, "data": {…}}
"""

import importlib
import importlib.util

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.constants import NOT_SET
from ninja.errors import ValidationError
from ninja.openapi.docs import Swagger

from laotie.kit.errors import BadInput, MarketError
from laotie.kit.pages.problems import told
from laotie.people.accounts.rest import ANYONE, SIGNED_IN

ROUTERS: dict[str, str] = {
    # address under /api: the slice whose rest.py answers there
    "accounts": "laotie.people.accounts",
    "addresses": "laotie.people.addresses",
    "appeals": "laotie.trust.appeals",
    "audit": "laotie.people.audit",
    "carts": "laotie.trade.carts",
    "creators": "laotie.people.creators",
    "desk": "laotie.people.desk",
    "feed": "laotie.traffic.feed",
    "follows": "laotie.people.follows",
    "goods": "laotie.goods.listings",
    "grants": "laotie.people.grants",
    "merchants": "laotie.people.merchants",
    "notices": "laotie.people.notices",
    "orders": "laotie.trade.orders",
    "payments": "laotie.trade.payments",
    "previews": "laotie.trust.previews",
    "refunds": "laotie.trade.refunds",
    "reviews": "laotie.trade.reviews",
    "risk": "laotie.trust.risk",
    "rooms": "laotie.places.rooms",
    "rulebook": "laotie.trust.rulebook",
    "saved": "laotie.people.saved",
    "scores": "laotie.trust.scores",
    "shelf": "laotie.places.shelf",
    "standing": "laotie.people.standing",
    "talks": "laotie.trade.talks",
    "violations": "laotie.trust.violations",
}


class Described(Swagger):
    """The description as a page of the house."""

    template = "kit/api.html"


VISITORS_TOO = {"carts"}
# Closed unless an endpoint says `auth=None`: by a personal key, or by the session with its CSRF token.
api = NinjaAPI(
    title="Laotie",
    version="1",
    description="An open market where people buy from people they trust.",
    auth=SIGNED_IN,
    docs=Described(),
)


@api.exception_handler(MarketError)
def refuse(request: HttpRequest, error: MarketError) -> HttpResponse:
    return api.create_response(request, told(error), status=error.status)


@api.exception_handler(ValidationError)
def refuse_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What the schemas refused: `field` is the first one, all of them are in `data`."""
    faults = [{"field": ".".join(map(str, fault["loc"])), "fault": fault["msg"]} for fault in error.errors]
    return refuse(request, BadInput(field=faults[0]["field"] if faults else None, faults=faults))


for prefix, slice_name in ROUTERS.items():
    if importlib.util.find_spec(f"{slice_name}.rest"):
        router = importlib.import_module(f"{slice_name}.rest").router
        api.add_router(f"/{prefix}", router, auth=ANYONE if prefix in VISITORS_TOO else NOT_SET, tags=[prefix])
