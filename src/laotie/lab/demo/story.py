"""Some weeks of an invented market, told as an archive that ends now. The same now gives the same story.

Deals end as their shops' luck has it: most well, some late, some broken; people review, ask, follow and come back.
Keys count up from the first row, so that a story told again names the same things.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from laotie.lab.demo.reading import DemoProduct, DemoShop, DemoSku

Row = dict[str, Any]
DAYS = 49  # how far back deals go
CHECKOUTS = 420
SEED = 20
PROMISE = timedelta(hours=48)
SHIP_SHOP = "pier-seven"  # the shop of the merchant's sign-in
SESSION, AIRED = "landed", ("prawns", "crab")  # the live session that is over, and what was shown in it
SOLD_ON_AIR = 14
HOURS = (8, 9, 10, 11, 12, 13, 14, 16, 18, 19, 20, 20, 21, 21, 21, 22, 22, 23)  # evenings are busy
CREATORS = {"pier-seven": "creator", "dry-branch": "creator", "white-lotus": "creator-2", "aunt-yun": "creator-2",
            "little-acorn": "creator-3", "warm-socket": "creator-3", "good-shade": "creator-3"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one order."""

    state: str
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    signed_at: datetime | None = None
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_by: str = ""
    late: bool = False
    complaint: str = ""


@dataclass
class Story:
    """The tables as they grow."""

    now: datetime
    shops: list[DemoShop]
    words: dict[str, Any]
    rng: Random = field(default_factory=lambda: Random(SEED))
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> str:
        """A row with the next key of its table, unless it brings one."""
        rows = self.tables.setdefault(table, [])
        row = {"id": f"{table}-{len(rows) + 1}"} | values
        rows.append(row)
        return str(row["id"])

    def before(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def pick(self, *path: str) -> str:
        """One of the sayings under `path` of the words."""
        found: Any = self.words
        for name in path:
            found = found[name]
        return str(self.rng.choice(found))


def tell(now: datetime, shops: list[DemoShop], words: dict[str, Any], people: list[Row]) -> dict[str, list[Row]]:
    """The archive's tables. `people` are the accounts that can sign in, with their keys."""
    story = Story(now.replace(second=0, microsecond=0), shops, words)
    _people(story, people)
    for shop in shops:
        _shop(story, shop)
    for _ in range(CHECKOUTS):
        _checkout(story, _someone(story), _sometime(story), story.rng.choice((1, 1, 1, 1, 2)))
    _on_air(story)
    _today(story)
    _buyers_own(story)
    _follows(story)
    _questions(story)
    return story.tables


def _people(story: Story, people: list[Row]) -> None:
    for number, name in enumerate(story.words["buyers"]):
        region, city = story.rng.choice(story.words["regions"])
        story.add("buyers", id=f"buyer-{number}", name=name, joined_at=story.before(story.rng.uniform(60, 400)),
                  region=region, city=city)  # fmt: skip
    for person in people:
        story.add("buyers", **person, joined_at=story.before(300))


def _shop(story: Story, shop: DemoShop) -> None:
    story.add(
        "shops", id=shop.key, slug=shop.key, name=shop.name, intro=shop.intro, ships_from=shop.ships_from,
        freight=shop.freight, free_from=shop.free_from or None, face=f"shop-{shop.key}.jpg",
        owner="merchant" if shop.key == SHIP_SHOP else None, approved_at=story.before(story.rng.uniform(150, 600)),
    )  # fmt: skip
    for product in shop.products:
        key = f"{shop.key}-{product.key}"
        story.add(
            "products", id=key, shop=shop.key, category=product.category, title=product.title, facts=product.facts,
            description=product.description, pictures=f"{key}.jpg",
            listed_at=story.before(story.rng.uniform(DAYS + 5, 140)),
        )  # fmt: skip
        for sku in product.skus:
            story.add("offers", id=offer_key(shop, product, sku), product=key, shop=shop.key, price=sku.price,
                      options=sku.options, stock=sku.stock, ships_within_hours=48)  # fmt: skip


def offer_key(shop: DemoShop, product: DemoProduct, sku: DemoSku) -> str:
    return f"{shop.key}-{product.key}-{product.skus.index(sku)}"


def _someone(story: Story) -> str:
    """A buyer; the first names are regulars."""
    return f"buyer-{int(len(story.words['buyers']) * story.rng.random() ** 1.6)}"


def _sometime(story: Story) -> datetime:
    day = story.before(1 + (DAYS - 1) * story.rng.random() ** 1.2)
    return day.replace(hour=story.rng.choice(HOURS), minute=story.rng.randrange(60)) - timedelta(hours=8)


def _checkout(story: Story, buyer: str, placed_at: datetime, count: int, **fixed: Any) -> None:
    """One checkout over `count` shops, each order with an outcome of its own."""
    chosen = [fixed["shop"]] if "shop" in fixed else story.rng.sample(story.shops, count)
    placed_at = min(placed_at, story.now - timedelta(minutes=20))
    checkout = f"checkout-{len(story.tables.get('orders', [])) + 1}"
    paid_at = (
        None if story.rng.random() < 0.02 and not fixed else placed_at + timedelta(minutes=story.rng.uniform(1, 9))
    )
    due = 0.0
    for shop in chosen:
        outcome = fixed.get("outcome") or _outcome(story, shop, placed_at, paid_at)
        due += _order(story, shop, outcome, checkout=checkout, buyer=buyer, placed_at=placed_at)
    if paid_at:
        story.add("payments", checkout=checkout, method="sandbox", amount=f"{due:.2f}", paid_at=paid_at)


def _outcome(story: Story, shop: DemoShop, placed_at: datetime, paid_at: datetime | None) -> Outcome:
    rng, now = story.rng, story.now
    if paid_at is None:
        return Outcome("cancelled", cancelled_at=placed_at + timedelta(minutes=15), cancelled_by="platform")
    if rng.random() < 0.02:
        changed = paid_at + timedelta(hours=rng.uniform(0.2, 3))
        return Outcome("refunded", paid_at, cancelled_at=min(changed, now), complaint="changed_mind")
    late = rng.random() < shop.late
    shipped_at = paid_at + (
        PROMISE + timedelta(hours=rng.uniform(6, 50)) if late else timedelta(hours=rng.uniform(3, 40))
    )
    signed_at = shipped_at + timedelta(hours=rng.uniform(22, 80))
    complaint = rng.choice(("damaged", "quality", "not_as_claimed")) if rng.random() < shop.bad else ""
    return ended(now, paid_at, shipped_at, signed_at, late=late, complaint=complaint)


def ended(
    now: datetime, paid_at: datetime, shipped_at: datetime, signed_at: datetime, *, late: bool, complaint: str = ""
) -> Outcome:
    """How far an order has come by now."""
    if shipped_at > now:
        return Outcome("paid", paid_at, late=late)
    if signed_at > now:
        return Outcome("shipped", paid_at, shipped_at, late=late)
    if complaint:
        state = "refunded" if signed_at + timedelta(hours=40) < now else "refunding"
        return Outcome(state, paid_at, shipped_at, signed_at, late=late, complaint=complaint)
    done_at = signed_at + timedelta(days=7)
    if done_at > now:
        return Outcome("signed", paid_at, shipped_at, signed_at, late=late)
    return Outcome("done", paid_at, shipped_at, signed_at, done_at, late=late)


def _order(story: Story, shop: DemoShop, outcome: Outcome, on_air: DemoProduct | None = None, **placing: Any) -> float:
    """Write an order with what belongs to it; returns what it cost. `placing` is of the whole checkout. `on_air`: the
    one thing that was bought from its card."""
    order = story.add(
        "orders", **placing, shop=shop.key, state=outcome.state,
        cancelled_at=outcome.cancelled_at if outcome.state == "cancelled" else None,
        paid_at=outcome.paid_at, promised_ship_at=outcome.paid_at + PROMISE if outcome.paid_at else None,
        done_at=outcome.done_at, cancelled_by=outcome.cancelled_by,
        cancel_reason="expired" if outcome.cancelled_by else None,
    )  # fmt: skip
    total = _lines(story, shop, order) if on_air is None else _line_on_air(story, shop, order, on_air)
    if outcome.shipped_at:
        story.add("parcels", order=order, carrier=story.pick("carriers"), tracking=f"DEMO{order[7:]:0>8}",
                  shipped_at=outcome.shipped_at, signed_at=outcome.signed_at)  # fmt: skip
    _refund(story, order, total, outcome)
    if outcome.signed_at:
        _review(story, order, outcome)
    return total


def _lines(story: Story, shop: DemoShop, order: str) -> float:
    goods, lines = 0.0, []
    for product in story.rng.sample(shop.products, story.rng.choice((1, 1, 1, 2))):
        sku = story.rng.choice(product.skus)
        quantity = story.rng.choice((1, 1, 1, 2)) if float(sku.price) < 200 else 1
        goods += float(sku.price) * quantity
        lines.append({"order": order, "offer": offer_key(shop, product, sku), "quantity": quantity,
                      "unit_price": sku.price, "entry": story.rng.choice(("search", "category", "shop", "home")),
                      **_creator(story, shop)})  # fmt: skip
    freight = 0 if shop.free_from and goods >= shop.free_from else shop.freight
    for place, line in enumerate(lines):
        story.add("lines", **line, freight=freight if place == 0 else None)
    return round(goods + freight, 2)


def _line_on_air(story: Story, shop: DemoShop, order: str, product: DemoProduct) -> float:
    sku = product.skus[1]
    free = bool(shop.free_from) and float(sku.price) >= shop.free_from
    freight = 0 if free else shop.freight
    story.add("lines", order=order, offer=offer_key(shop, product, sku), quantity=1, unit_price=sku.price,
              entry="session", session=SESSION, card=product.key, creator=CREATORS[shop.key], commission_bp=1200,
              freight=freight)  # fmt: skip
    return round(float(sku.price) + freight, 2)


def _creator(story: Story, shop: DemoShop) -> Row:
    if shop.key in CREATORS and story.rng.random() < 0.4:
        return {"creator": CREATORS[shop.key], "commission_bp": 1200}
    return {}


def _refund(story: Story, order: str, total: float, outcome: Outcome) -> None:
    if outcome.complaint and outcome.signed_at:
        asked_at = min(outcome.signed_at + timedelta(hours=5), story.now)
        settled = outcome.state == "refunded"
        story.add(
            "refunds", order=order, amount=f"{total:.2f}", reason=outcome.complaint,
            words=story.words["refunds"].get(outcome.complaint, ""), state="settled" if settled else "asked",
            asked_at=asked_at, settled_at=asked_at + timedelta(hours=20) if settled else None,
        )  # fmt: skip
    elif outcome.complaint:  # before it was shipped: given at once
        story.add("refunds", order=order, amount=f"{total:.2f}", reason=outcome.complaint, state="settled",
                  asked_at=outcome.cancelled_at, settled_at=outcome.cancelled_at)  # fmt: skip


def _review(story: Story, order: str, outcome: Outcome) -> None:
    """Unhappy people write more often."""
    unhappy = bool(outcome.complaint) or outcome.late
    if outcome.signed_at is None or story.rng.random() > (0.75 if unhappy else 0.5):
        return
    written_at = outcome.signed_at + timedelta(hours=story.rng.uniform(4, 90))
    if written_at > story.now:
        return
    kind = _kind(story, outcome)
    stars = {"good": 5, "fine": 4, "late": story.rng.choice((2, 3, 4)), "damaged": 1, "quality": 2}[kind]
    answer = story.pick("answers", "thanks" if stars > 3 else "sorry") if story.rng.random() < 0.5 else None
    answered_at = written_at + timedelta(hours=story.rng.uniform(1, 20))
    heard = answer and answered_at < story.now
    line = next(row["id"] for row in reversed(story.tables["lines"]) if row["order"] == order)
    story.add("reviews", line=line, stars=stars, words=story.pick("reviews", kind), written_at=written_at,
              answer=answer if heard else None, answered_at=answered_at if heard else None)  # fmt: skip


def _kind(story: Story, outcome: Outcome) -> str:
    if outcome.complaint:
        return "damaged" if outcome.complaint == "damaged" else "quality"
    if outcome.late:
        return "late"
    return "good" if story.rng.random() < 0.82 else "fine"


def aired_at(now: datetime) -> datetime:
    """When the demo's past session began: an evening nine days ago, so that its deals are about to be done."""
    return (now - timedelta(days=9)).replace(hour=12, minute=0, second=0, microsecond=0)


def _on_air(story: Story) -> None:
    """What viewers of the past session bought from its cards."""
    shop = next(shop for shop in story.shops if shop.key == SHIP_SHOP)
    for number in range(SOLD_ON_AIR):
        key = AIRED[number % len(AIRED)]
        product = next(product for product in shop.products if product.key == key)
        placed_at = aired_at(story.now) + timedelta(minutes=4 + 2.6 * number)
        paid_at = placed_at + timedelta(minutes=1.5)
        outcome = ended(story.now, paid_at, paid_at + timedelta(hours=20), paid_at + timedelta(hours=58),
                        late=False, complaint="damaged" if number == 5 else "")  # fmt: skip
        checkout, buyer = f"checkout-on-air-{number}", f"buyer-{number % len(story.words['buyers'])}"
        due = _order(story, shop, outcome, product, checkout=checkout, buyer=buyer, placed_at=placed_at)
        story.add("payments", checkout=checkout, method="sandbox", amount=f"{due:.2f}", paid_at=paid_at)


def _today(story: Story) -> None:
    """Work for the merchant who signs in: orders to ship, one of them late, and one refund to answer."""
    shop = next(shop for shop in story.shops if shop.key == SHIP_SHOP)
    for hours in (1.5, 3, 6, 9, 15, 20, 61):
        paid_at = story.now - timedelta(hours=hours)
        _checkout(story, _someone(story), paid_at - timedelta(minutes=4), 1, shop=shop,
                  outcome=Outcome("paid", paid_at, late=hours > 48))  # fmt: skip
    signed_at = story.now - timedelta(hours=9)
    asked = Outcome("refunding", signed_at - timedelta(days=3), signed_at - timedelta(days=2), signed_at,
                    complaint="damaged")  # fmt: skip
    _checkout(story, _someone(story), signed_at - timedelta(days=3, minutes=4), 1, shop=shop, outcome=asked)


def _buyers_own(story: Story) -> None:
    """What waits for the buyer who signs in: a parcel on its way, one to review, one long done."""
    shops = {shop.key: shop for shop in story.shops}
    for key, days in (("mist-ridge", 25.0), ("dry-branch", 16.0), ("pier-seven", 5.5), ("little-acorn", 2.2)):
        placed_at = story.before(days)
        paid_at = placed_at + timedelta(minutes=3)
        shipped_at = paid_at + timedelta(hours=16)
        outcome = ended(story.now, paid_at, shipped_at, shipped_at + timedelta(hours=44), late=False)
        _checkout(story, "buyer", placed_at, 1, shop=shops[key], outcome=outcome)


def _follows(story: Story) -> None:
    everyone = [f"buyer-{number}" for number in range(len(story.words["buyers"]))]
    for buyer in [*everyone, "buyer"]:
        for shop in story.rng.sample(story.shops, story.rng.randint(2, 5)):
            story.add("follows", buyer=buyer, shop=shop.key, started_at=story.before(story.rng.uniform(1, 55)))
        for account in _friends(story, buyer, everyone):
            story.add("follows", buyer=buyer, account=account, started_at=story.before(story.rng.uniform(1, 55)))
    for regular in everyone[:4]:
        story.add("follows", buyer="creator", account=regular, started_at=story.before(20))


def _friends(story: Story, buyer: str, everyone: list[str]) -> Iterator[str]:
    """One's own neighbours, who follow back, and some creators."""
    if buyer in everyone:
        place = everyone.index(buyer)
        yield everyone[place ^ 1]
    yield from story.rng.sample(("creator", "creator-2", "creator-3"), story.rng.choice((1, 1, 2)))


def _questions(story: Story) -> None:
    products = [(shop, product) for shop in story.shops for product in shop.products]
    for shop, product in story.rng.sample(products, 36):
        asked_at = story.before(story.rng.uniform(1.5, 40))
        words, answer = story.rng.choice(story.words["questions"]["pairs"])
        story.add("questions", buyer=_someone(story), product=f"{shop.key}-{product.key}", words=words,
                  asked_at=asked_at, answer=answer,
                  answered_at=asked_at + timedelta(minutes=story.rng.choice((1, 2, 3, 20, 180))))  # fmt: skip
    shop = next(shop for shop in story.shops if shop.key == SHIP_SHOP)  # answers are due, by someone who never asked
    for product, words in zip(shop.products, story.words["questions"]["open"], strict=False):
        story.add("questions", buyer="buyer-39", product=f"{shop.key}-{product.key}", words=words,
                  asked_at=story.now - timedelta(hours=story.rng.uniform(0.5, 6)))  # fmt: skip
