"""Filling the demo market: an archive is drawn and told once, kept in the home, and loaded as any history is.

Killed at any moment, the next start goes on; once it is whole, a start changes nothing.
"""

import os
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from laotie.goods.catalogue import actions as catalogue
from laotie.goods.catalogue import queries as categories
from laotie.goods.terms import actions as terms
from laotie.kit import clock, market
from laotie.kit.money import Money
from laotie.lab.demo import drawing, reading, rooms, story
from laotie.lab.demo.contracts import SIGN_INS, SignIn
from laotie.lab.demo.reading import DemoShop, Language
from laotie.lab.history import actions as history
from laotie.lab.history.goods import Naming
from laotie.people.accounts import actions as accounts
from laotie.people.addresses import actions as addresses
from laotie.people.creators import actions as creators
from laotie.people.grants import actions as grants
from laotie.people.merchants import actions as merchants
from laotie.stream.archive.checking import check
from laotie.stream.archive.sheet import Sheet, write_sheet
from laotie.stream.archive.writing import write_rows

__all__ = ["SignIn", "seed"]

SOURCE = "demo"
ICONS = Path("npm", "node_modules", "@iconify-json", "fluent-emoji", "icons.json")  # below the home
RATE_BP = 1200  # of the demo's commission plans
TILTS = (0, -6, 5, -3, 7, 0)  # degrees: things of one shop do not stand in a row like soldiers


def seed(language: str) -> list[SignIn]:
    """Fill this market in `language` (Chinese for "zh", else English), once; the people to sign in as."""
    spoken: Language = "zh" if language.startswith("zh") else "en"
    if not history.is_in(SOURCE, "open"):
        history.once(SOURCE, "categories", _plant)
        history.load(check(archive(spoken)))
        words = reading.words(spoken)
        history.once(SOURCE, "people", lambda: _let_in(words))
        history.once(SOURCE, "terms", _offer_terms)
        history.once(SOURCE, "rooms", lambda: _go_live(words))
        history.once(SOURCE, "scores", _score_soon)
        history.once(SOURCE, "open", lambda: None)
    return list(SIGN_INS)


def _score_soon() -> None:
    """Scores need the facts in the lake, which the recorder takes there once the market is up."""
    app.configure_task("demo.publish_scores").defer(tries=0)


def archive(language: Language) -> Path:
    """The demo's history as an archive in the home; told now, where it was not yet."""
    folder = Path(settings.HOME) / "demo" / language
    if not folder.exists():
        draft = folder.with_name(f".{language}.{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        _write(draft, language)
        draft.rename(folder)
    return folder


def _write(folder: Path, language: Language) -> None:
    shops, words = reading.shops(language), reading.words(language)
    drawing.draw_all(drawings(shops), Path(settings.HOME) / ICONS, folder / "pictures")
    tables = story.tell(clock.now(), shops, words, _people(words, language))
    tables["categories"] = _categories(product.category for shop in shops for product in shop.products)
    for name, rows in tables.items():
        write_rows(folder, name, rows)
    here = market.current()
    write_sheet(folder, Sheet(SOURCE, here.name, here.currency, here.time_zone, language))


def drawings(shops: Iterable[DemoShop]) -> list[drawing.Drawing]:
    """A face for every shop and a picture for every product."""
    faces = [drawing.Drawing(f"shop-{shop.key}", shop.icon, shop.ground) for shop in shops]
    goods = [
        drawing.Drawing(f"{shop.key}-{product.key}", product.icon, shop.ground, TILTS[place % len(TILTS)])
        for shop in shops
        for place, product in enumerate(shop.products)
    ]
    return faces + goods


def _people(words: dict[str, Any], language: Language) -> list[story.Row]:
    """The four who sign in, and two more creators."""
    names = words["people"]
    people = [{"id": who.role, "name": names[who.role], "email": who.email, "language": language} for who in SIGN_INS]
    others = enumerate(names["other_creators"], 2)
    return people + [{"id": f"creator-{number}", "name": name} for number, (name, _) in others]


def _plant() -> None:
    catalogue.plant_categories()
    for slug, (parent, zh, en) in reading.read("categories.toml").items():
        above = categories.category_by_slug(parent)
        catalogue.add_category(slug, zh, en, above.id)


def _categories(slugs: Iterable[str]) -> list[story.Row]:
    """The categories that are there, as the archive names them: by their addresses."""
    rows = []
    for slug in sorted(set(slugs)):
        node = categories.category_by_slug(slug)
        rows.append({"id": slug, "slug": slug, "name_zh": node.name_zh, "name_en": node.name_en})
    return rows


def _let_in(words: dict[str, Any]) -> None:
    """Passwords, an operator, creators' personas, and an address to order to."""
    naming, people = Naming(SOURCE), words["people"]
    for who in SIGN_INS:
        accounts.let_in(naming.account(who.role), who.password)
    accounts.make_operator(naming.account("operator"))
    creators.join(naming.account("creator"), "fisher", people["persona"])
    for number, (_, persona) in enumerate(people["other_creators"], 2):
        creators.join(naming.account(f"creator-{number}"), f"creator-{number}", persona)
    owner, host, pier = naming.account("merchant"), naming.account("creator"), naming.of("shops", story.SHIP_SHOP)
    merchants.add_member(owner, pier, host)
    grants.grant(owner, host, "air", pier)
    region, city = words["regions"][0]
    merchants.apply(naming.account("buyer-7"), *people["applicant"])
    addresses.add_address(
        naming.account("buyer"), name=people["buyer"], phone=people["phone"], region=region, city=city,
        street=people["street"],
    )  # fmt: skip


def _offer_terms() -> None:
    """Commission plans for what creators show, and prices cut for a week on some things."""
    now, naming = clock.now(), Naming(SOURCE)
    shops = reading.shops("en")
    for shop in shops:
        for product in shop.products:
            for sku in product.skus:
                offer = naming.offer(story.offer_key(shop, product, sku))
                if shop.key in story.CREATORS:
                    terms.offer_plan(offer, RATE_BP)
        first = shop.products[0]
        sku = first.skus[-1]
        _cut(naming.offer(story.offer_key(shop, first, sku)), sku.price, now)


def _go_live(words: dict[str, Any]) -> None:
    rooms.hold(Naming(SOURCE), reading.shops("en"), words["rooms"], len(words["buyers"]), RATE_BP)


def _cut(offer_id: UUID, price: str, now: datetime) -> None:
    """An eighth off for a week, down to a whole tenth of the currency's unit."""
    whole = Money.parse(price, market.current().currency).minor
    cut = whole * 7 // 8
    terms.set_timed_price(offer_id, max(1, cut - cut % 10), now, now + timedelta(days=7))
