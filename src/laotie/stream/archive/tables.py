"""The tables of an archive: their columns, units and the references between them. The one place that says so.

A `Column` speaks of one value. `kind` is how its text is read:

    key      a name within the archive, at most 80 characters       text     words, at most `limit` characters
    money    an amount in the market's currency ("69.90")           time     ISO 8601; without an offset: market time
    count    a whole number from 0                                  json     a JSON object
    choice   one of `choices`
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["key", "text", "money", "time", "count", "json", "choice"]

STATES = ("placed", "paid", "shipped", "signed", "done", "cancelled", "refunding", "refunded", "disputed")
REASONS = ("quality", "not_as_claimed", "damaged", "late", "service", "changed_mind")
REFUND_STATES = ("asked", "settled", "refused")
CANCELLERS = ("buyer", "shop", "platform", "unknown")
KEY_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `refers` names the table whose key it holds; `low`/`high` bound counts."""

    name: str
    kind: Kind
    says: str
    required: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 10**9
    limit: int = 160


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` is the column no two rows may share; `required` tables must be in the folder."""

    name: str
    says: str
    columns: tuple[Column, ...]
    key: str = "id"
    required: bool = False

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def references(self) -> Iterator[Column]:
        return (column for column in self.columns if column.refers)


def key(says: str = "its name in this archive") -> Column:
    return Column("id", "key", says, required=True)


def ref(name: str, table: str, says: str, *, required: bool = True) -> Column:
    return Column(name, "key", says, required=required, refers=table)


def text(name: str, says: str, limit: int = 160, *, required: bool = False) -> Column:
    return Column(name, "text", says, required=required, limit=limit)


def time(name: str, says: str, *, required: bool = False) -> Column:
    return Column(name, "time", says, required=required)


def money(name: str, says: str, *, required: bool = False) -> Column:
    return Column(name, "money", says, required=required)


def count(name: str, says: str, low: int = 0, high: int = 10**9, *, required: bool = False) -> Column:
    return Column(name, "count", says, required=required, low=low, high=high)


def choice(name: str, says: str, choices: tuple[str, ...], *, required: bool = False) -> Column:
    return Column(name, "choice", says, required=required, choices=choices)


CATEGORIES = Table(
    "categories",
    "The tree that products hang on; up to three levels.",
    (
        key(),
        ref("parent", "categories", "the category above it; empty at the top", required=False),
        text("slug", "its address; where a market has one of that address, that one is meant", 80),
        text("name_zh", "its Chinese name", 80, required=True),
        text("name_en", "its English name", 80, required=True),
        count("position", "order among its siblings"),
    ),
)
BUYERS = Table(
    "buyers",
    "People: who bought, and also who owns a shop or creates.",
    (
        key(),
        text("name", "what others see", 40, required=True),
        text("email", "where mail reaches them; nobody can sign in before setting a password by mail", 254),
        time("joined_at", "when the account was made", required=True),
        text("language", "zh or en", 10),
        text("region", "first-level division they live in", 80),
        text("city", "where parcels went", 80),
        text("postcode", "of that city", 20),
    ),
    required=True,
)
SHOPS = Table(
    "shops",
    "Who sold.",
    (
        key(),
        text("name", "what buyers see", 80, required=True),
        text("slug", "its address: letters, digits and dashes; made from the key when empty", 60),
        text("intro", "a few words", 2000),
        text("ships_from", "city and region", 80),
        money("freight", "what it asks for carrying one order"),
        money("free_from", "an order's goods from which carrying is free"),
        text("face", "a picture file in the archive's `pictures` folder", 120),
        ref("owner", "buyers", "who may sign in for it", required=False),
        time("approved_at", "since when it may sell", required=True),
    ),
    required=True,
)
PRODUCTS = Table(
    "products",
    "The things.",
    (
        key(),
        ref("shop", "shops", "who listed it"),
        ref("category", "categories", "where it hangs"),
        text("brand", "its mark", 80),
        text("title", "what buyers read first", 160, required=True),
        text("description", "all there is to say", 8000),
        Column("facts", "json", 'attributes as a JSON object of text, {"Weight": "400 g"}', limit=8000),
        text("pictures", "picture files in the archive's `pictures` folder, separated by |", 2000),
        time("listed_at", "since when it could be bought", required=True),
    ),
    required=True,
)
OFFERS = Table(
    "offers",
    "A shop's price for a product or one variant of it.",
    (
        key(),
        ref("product", "products", "what it sells"),
        ref("shop", "shops", "who sells it; often, not always, who listed the product"),
        text("options", "names the variant: 500 g, red", 120),
        text("code", "the shop's own article number", 60),
        money("price", "each, now", required=True),
        count("ships_within_hours", "the promise", 1, 24 * 90),
        count("stock", "pieces left"),
        choice("status", "empty: on_sale", ("on_sale", "off")),
    ),
    required=True,
)
ORDERS = Table(
    "orders",
    "What one buyer ordered of one shop. Orders that were paid together share a `checkout`.",
    (
        key(),
        text("checkout", "what was paid together; empty: this order alone", KEY_LIMIT),
        ref("buyer", "buyers", "who ordered"),
        ref("shop", "shops", "of whom"),
        choice("state", "where it stood at the end of this history", STATES, required=True),
        time("placed_at", "when it was ordered", required=True),
        time("paid_at", "when the whole was paid"),
        time("promised_ship_at", "the shop's promise to hand it over"),
        time("promised_arrival_at", "what the buyer was told"),
        time("done_at", "when no claim was possible any more"),
        time("cancelled_at", "when it ended before it was shipped"),
        choice("cancelled_by", "who ended it", CANCELLERS),
        text("cancel_reason", "why", 40),
    ),
    required=True,
)
LINES = Table(
    "lines",
    "What was in an order. A line followed to its outcome is a deal.",
    (
        key(),
        ref("order", "orders", "of which it is a part"),
        ref("offer", "offers", "an offer of the order's shop"),
        count("quantity", "pieces", 1, 100_000, required=True),
        money("unit_price", "each, as paid", required=True),
        money("discount", "taken off the whole line"),
        money("freight", "of the whole line"),
        ref("creator", "buyers", "through whom it was sold", required=False),
        count("commission_bp", "the creator's share in basis points", 0, 10_000),
        text("entry", "how the buyer came in: search, category, shop, …", 20),
        text("session", "the live session it was sold in", 64),
        text("card", "the card of that session", 64),
    ),
    required=True,
)
PARCELS = Table(
    "parcels",
    "How an order travelled.",
    (
        key(),
        ref("order", "orders", "what is in it"),
        text("carrier", "who carried it", 40),
        text("tracking", "the carrier’s number", 40),
        time("shipped_at", "handed to the carrier", required=True),
        time("signed_at", "received"),
    ),
)
PAYMENTS = Table(
    "payments",
    "Money that came in. A checkout may be paid in several pieces.",
    (
        key(),
        text("checkout", "of the orders it paid", KEY_LIMIT, required=True),
        text("method", "card, voucher, …", 40),
        money("amount", "what arrived", required=True),
        time("paid_at", "when it arrived", required=True),
    ),
)
REVIEWS = Table(
    "reviews",
    "What a buyer said of a line. One per line: the first counts.",
    (
        key(),
        ref("line", "lines", "the deal it judges"),
        count("stars", "1 to 5", 1, 5, required=True),
        text("words", "what was said", 4000),
        time("written_at", "when", required=True),
        text("answer", "the shop’s", 2000),
        time("answered_at", "when the shop answered"),
    ),
)
REFUNDS = Table(
    "refunds",
    "Money that went back, or was asked for.",
    (
        key(),
        ref("order", "orders", "on which money is asked back"),
        ref("line", "lines", "empty: the whole order", required=False),
        money("amount", "how much", required=True),
        choice("reason", "the first reason the buyer gave", REASONS, required=True),
        text("words", "what the buyer said", 500),
        choice("state", "how it stood at the end", REFUND_STATES, required=True),
        time("asked_at", "when it was asked", required=True),
        time("settled_at", "when it was paid or refused"),
    ),
)
FOLLOWS = Table(
    "follows",
    "Who follows whom.",
    (
        key(),
        ref("buyer", "buyers", "who follows"),
        ref("shop", "shops", "the shop followed, or empty", required=False),
        ref("account", "buyers", "the person followed, or empty", required=False),
        time("started_at", "since when", required=True),
    ),
)
QUESTIONS = Table(
    "questions",
    "What buyers asked a shop about a product.",
    (
        key(),
        ref("buyer", "buyers", "who asked"),
        ref("product", "products", "about what"),
        text("words", "the question", 1000, required=True),
        time("asked_at", "when", required=True),
        text("answer", "the shop’s", 1000),
        time("answered_at", "when the shop answered"),
    ),
)

# Parents before children: a reference is judged when what it names has been judged.
TABLES: tuple[Table, ...] = (
    CATEGORIES,
    BUYERS,
    SHOPS,
    PRODUCTS,
    OFFERS,
    ORDERS,
    LINES,
    PARCELS,
    PAYMENTS,
    REVIEWS,
    REFUNDS,
    FOLLOWS,
    QUESTIONS,
)
BY_NAME = {table.name: table for table in TABLES}
