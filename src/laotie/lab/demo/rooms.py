"""The demo's live rooms: one session that is over, with what it sold and who watched, and one to come.

Nobody filmed anything, so there is no recording, and the pages say so.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from laotie.goods.offers import queries as offers
from laotie.kit import clock
from laotie.lab.demo import story
from laotie.lab.demo.reading import DemoShop
from laotie.lab.history.goods import Naming
from laotie.people.accounts import queries as accounts
from laotie.places.rooms import actions as rooms
from laotie.places.rooms.actions import PastCard, PastSaying, PastSession
from laotie.places.rooms.contracts import (
    CardOpened,
    CardShown,
    SessionEntered,
    SessionLeft,
    SessionLiked,
    SessionWatched,
)
from laotie.stream.facts import Fact
from laotie.stream.outbox.actions import emit_past

LENGTH = timedelta(minutes=42)
VISITS = 64
ENTRIES = ("feed", "feed", "feed", "direct", "creator", "notice", "shop", "search")
AHEAD = timedelta(days=2, hours=3)


def hold(naming: Naming, shops: list[DemoShop], words: dict[str, Any], buyers: int, rate_bp: int) -> None:
    """Both sessions, for the creator who signs in."""
    past = _past(naming, shops, words, buyers, rate_bp)
    rooms.admit_history(past)
    with transaction.atomic():
        emit_past(sorted(_watched(naming, past, buyers), key=lambda timed: timed[0]))
    host = naming.account("creator")
    coming = rooms.plan(host, words["next"], clock.now() + AHEAD, words["next_intro"])
    squid = offers.offer(naming.offer(_key(shops, "squid", 0)))
    rooms.add_card(host, coming.id, squid.id, words["drawbacks"]["squid"])
    rooms.announce(host, coming.id)
    for number in range(9):
        rooms.reserve(naming.account(f"buyer-{number}"), coming.id)


def _past(naming: Naming, shops: list[DemoShop], words: dict[str, Any], buyers: int, rate_bp: int) -> PastSession:
    began = story.aired_at(clock.now())
    rng = Random(story.SEED)
    host = naming.account("creator")
    cards = [
        PastCard(
            naming.of("cards", key), naming.offer(_key(shops, key, 1)), words["drawbacks"][key], rate_bp, "own_deal",
            (began - timedelta(days=90 + 40 * place)).date(),
            ((began + timedelta(minutes=3 + 18 * place), began + timedelta(minutes=17 + 18 * place)),),
        )
        for place, key in enumerate(story.AIRED)
    ]  # fmt: skip
    said = [
        PastSaying(naming.account(f"buyer-{rng.randrange(buyers)}"), words["asked"][n % len(words["asked"])],
                   began + timedelta(minutes=1 + 1.3 * n, seconds=rng.randrange(50)))
        for n in range(28)
    ]  # fmt: skip
    said += [PastSaying(host, line, began + timedelta(minutes=5 + 9 * n)) for n, line in enumerate(words["answered"])]
    return PastSession(
        naming.of("sessions", story.SESSION), host, words["past"], words["past_intro"], began, began + LENGTH, 386, 31,
        tuple(cards), tuple(sorted(said, key=lambda saying: saying.at)),
    )  # fmt: skip


def _key(shops: list[DemoShop], product_key: str, sku: int) -> str:
    shop = next(shop for shop in shops if shop.key == story.SHIP_SHOP)
    product = next(product for product in shop.products if product.key == product_key)
    return story.offer_key(shop, product, product.skus[sku])


def _watched(naming: Naming, past: PastSession, buyers: int) -> Iterator[tuple[datetime, Fact]]:
    """Who came, from where, and how long they stayed; some of them liked and looked at cards."""
    rng = Random(story.SEED + 1)
    people = [naming.account(f"buyer-{number}") for number in range(buyers)]
    names = {view.id: view.pseudonym for view in accounts.accounts(people).values()}
    for number in range(VISITS):
        viewer = names[people[number % buyers]] if number % 3 else None
        visit = uuid5(past.id, f"visit-{number}")
        came = past.opened_at + rng.random() ** 1.4 * (LENGTH - timedelta(minutes=4))
        seconds = min(int(rng.expovariate(1 / 500)) + 20, int((past.ended_at - came).total_seconds()))
        yield came, SessionEntered(past.id, visit, viewer, rng.choice(ENTRIES), uuid5(past.id, f"decision-{number}"))
        for minute in range(seconds // 60):
            yield came + timedelta(minutes=minute + 1), SessionWatched(past.id, visit, viewer, minute)
        yield came + timedelta(seconds=seconds), SessionLeft(past.id, visit, viewer, seconds)
        yield from _acts(rng, past, visit, viewer, came)


def _acts(
    rng: Random, past: PastSession, visit: UUID, viewer: UUID | None, came: datetime
) -> Iterator[tuple[datetime, Fact]]:
    if rng.random() < 0.4:
        yield came + timedelta(seconds=15), SessionLiked(past.id, visit, viewer)
    for card in past.cards:
        if rng.random() < 0.7:
            yield came + timedelta(seconds=10), CardShown(past.id, visit, viewer, card.id)
            if rng.random() < 0.3:
                yield came + timedelta(seconds=18), CardOpened(past.id, visit, viewer, card.id)
