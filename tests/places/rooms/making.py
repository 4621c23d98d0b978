"""Hosts, sessions and cards for the tests, through the actions that the pages call."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from laotie.goods.offers.contracts import Offer
from laotie.goods.terms import actions as terms
from laotie.kit import clock
from laotie.people.accounts.contracts import AccountView
from laotie.people.creators import actions as creators
from laotie.people.merchants.contracts import Shop
from laotie.places.rooms import actions
from laotie.places.rooms.contracts import Card, Session
from tests.makers import make_account, make_offer, make_shop

RATE_BP = 1200
_number = count(1)


@dataclass
class Heard:
    """What the market said to rooms, instead of a bus."""

    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, topic: str, message: dict[str, Any]) -> None:
        self.said.append((topic, dict(message)))

    @property
    def events(self) -> list[dict[str, Any]]:
        return [message for _, message in self.said]

    def kinds(self) -> list[str]:
        return [str(message["kind"]) for message in self.events]


def make_host(name: str = "Mei") -> AccountView:
    host = make_account(name)
    creators.join(host.id, f"host-{next(_number)}", "Seafood from the boat to the pan")
    return host


def make_session(host: AccountView, *, announced: bool = False, on_air: bool = False, title: str = "Prawns") -> Session:
    made = actions.plan(host.id, title, clock.now())
    if announced:
        made = actions.announce(host.id, made.id)
    return actions.open_room(host.id, made.id) if on_air else made


def make_plan_offer(shop: Shop | None = None, title: str = "Dried scallops", **more: Any) -> Offer:
    """An offer that any creator may sell for a share."""
    offer = make_offer(shop or make_shop(make_account("Owner")), title, **more)
    terms.offer_plan(offer.id, RATE_BP)
    return offer


def make_card(host: AccountView, session: Session, offer: Offer | None = None) -> Card:
    return actions.add_card(host.id, session.id, (offer or make_plan_offer()).id, "Salty; soak them first")
