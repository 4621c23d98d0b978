"""Every address of the market. A slice owns its own paths in `pages.py`; the REST of all slices is one API."""

import importlib
import importlib.util

from django.urls import URLPattern, URLResolver, include, path

from laotie.runtime import health
from laotie.runtime.api import api

handler400 = "laotie.kit.pages.handlers.bad_request"
handler403 = "laotie.kit.pages.handlers.forbidden"
handler404 = "laotie.kit.pages.handlers.not_found"
handler500 = "laotie.kit.pages.handlers.failed"

# Slices whose pages.py has `urlpatterns` (and `app_name`), each with its own full paths, in order of match. Whatever
# does not match takes its time, so those come first that are asked for most.
BUSIEST = [
    "laotie.places.shelf",
    "laotie.kit.pictures",
    "laotie.stream.beacons",
    "laotie.trade.carts",
]
PAGES = [
    "laotie.people.accounts",
    "laotie.people.addresses",
    "laotie.people.audit",
    "laotie.people.creators",
    "laotie.people.desk",
    "laotie.people.follows",
    "laotie.people.grants",
    "laotie.people.merchants",
    "laotie.people.notices",
    "laotie.people.saved",
    "laotie.people.standing",
    "laotie.goods.catalogue",
    "laotie.goods.listings",
    "laotie.goods.offers",
    "laotie.goods.stock",
    "laotie.goods.terms",
    "laotie.trade.hints",
    "laotie.trade.orders",
    "laotie.trade.payments",
    "laotie.trade.refunds",
    "laotie.trade.reviews",
    "laotie.trade.talks",
    "laotie.traffic.feed",
    "laotie.trust.appeals",
    "laotie.trust.previews",
    "laotie.trust.risk",
    "laotie.trust.rulebook",
    "laotie.trust.scores",
    "laotie.trust.violations",
    "laotie.places.media",
    "laotie.places.rooms",
    "laotie.lab.demo",
]


def pages(slices: list[str]) -> list[URLResolver]:
    """The paths of those `slices` that have pages."""
    names = [f"{name}.pages" for name in slices if importlib.util.find_spec(f"{name}.pages")]
    return [path("", include(name)) for name in names if hasattr(importlib.import_module(name), "urlpatterns")]


urlpatterns: list[URLPattern | URLResolver] = [
    *pages(BUSIEST),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("", include("laotie.kit.pages.preferences")),
    path("", include("laotie.kit.pages.specimen")),
    path("api/", api.urls),
    path("account/", include("allauth.urls")),
    *pages(PAGES),
]
