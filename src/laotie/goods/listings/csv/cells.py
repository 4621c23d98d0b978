"""One cell at a time: from text to value, or the BadCell that says why not."""

import re
from collections.abc import Callable
from uuid import UUID

from laotie.goods.listings.csv.columns import BY_KEY, STATES
from laotie.goods.listings.csv.world import World, path_key
from laotie.goods.listings.errors import (
    BadCell,
    BadFacts,
    CellEmpty,
    CellNotAnAmount,
    CellNotANumber,
    CellNotAState,
    CellStrange,
    CellTooLong,
    ManyCategories,
    UnknownCategory,
    UnknownPlan,
)
from laotie.kit import market
from laotie.kit.money import BadAmount, Money

Value = str | int | UUID | dict[str, str] | None
LONGEST = {"code": 60, "title": 160, "brand": 80, "options": 120, "description": 8000}
DEAREST_MINOR = 10**12
MOST_FACTS, FACT_NAME, FACT_VALUE = 30, 40, 200


def value(key: str, text: str, world: World) -> Value:
    """What the cell says; None when it is empty and may be. Raises BadCell's kinds."""
    if any((ord(sign) < 32 and sign not in "\n\r\t") or 0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise CellStrange
    if not text:
        if BY_KEY[key].needed:
            raise CellEmpty
        return None
    return _parsed(key, text, world)


def _parsed(key: str, text: str, world: World) -> Value:
    parsers: dict[str, Callable[[], Value]] = {
        "price": lambda: _price(text),
        "stock": lambda: _number(text, 0, 10_000_000),
        "ships_within_hours": lambda: _number(text, 1, 1080),
        "category": lambda: _category(text, world),
        "freight_plan": lambda: _plan(text, world),
        "facts": lambda: _facts(text),
        "status": lambda: _state(text),
    }
    return parsers[key]() if key in parsers else _text(key, text)


def _text(key: str, text: str) -> str:
    if len(text) > LONGEST[key]:
        raise CellTooLong(most=LONGEST[key])
    return text.replace("\r\n", "\n") if key == "description" else " ".join(text.split())


def _price(text: str) -> int:
    here = market.current()
    refused = CellNotAnAmount(text=text[:40], least=str(here.money(1)), most=str(here.money(DEAREST_MINOR)))
    try:
        minor = Money.parse(text.strip("¥￥$€£元 ").replace(",", ""), here.currency).minor
    except BadAmount as error:
        raise refused from error
    if not 1 <= minor <= DEAREST_MINOR:
        raise refused
    return minor


def _number(text: str, least: int, most: int) -> int:
    plain = text.replace(",", "")
    if not re.fullmatch(r"\d{1,9}(\.0+)?", plain, re.ASCII) or not least <= int(plain.split(".")[0]) <= most:
        raise CellNotANumber(text=text[:40], least=least, most=most)
    return int(plain.split(".")[0])


def _category(text: str, world: World) -> UUID:
    found = world.categories.get(path_key(text), set())
    if len(found) > 1:
        raise ManyCategories(text=text[:80])
    if not found:
        raise UnknownCategory(text=text[:80])
    return next(iter(found))


def _plan(text: str, world: World) -> UUID:
    if text.casefold() not in world.plans:
        raise UnknownPlan(text=text[:60])
    return world.plans[text.casefold()]


def _facts(text: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    for part in filter(str.strip, re.split(r"[;；\n]", text)):
        name, _, said = (" ".join(each.split()) for each in part.replace("：", ":", 1).partition(":"))
        if not 1 <= len(name) <= FACT_NAME or not 1 <= len(said) <= FACT_VALUE or name in facts:
            raise BadFacts(most=MOST_FACTS)
        facts[name] = said
    if len(facts) > MOST_FACTS:
        raise BadFacts(most=MOST_FACTS)
    return facts


def _state(text: str) -> str:
    if text.casefold() not in STATES:
        raise CellNotAState(text=text[:40])
    return STATES[text.casefold()]


__all__ = ["BadCell", "Value", "value"]
