"""Judging a file: which lines can be used, and for the others every cell that cannot, with its reason."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from laotie.goods.listings.csv.cells import Value, value
from laotie.goods.listings.csv.columns import COLUMNS
from laotie.goods.listings.csv.reading import File, Line
from laotie.goods.listings.csv.world import World
from laotie.goods.listings.errors import BadCell, BrokenLine, CodeTwice, DiffersFrom, VariantTwice


@dataclass(frozen=True, slots=True)
class Good:
    """A line that can be used: what its cells say (None: nothing). `product` names what it belongs to."""

    number: int
    values: dict[str, Value]
    product: UUID | str


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be used. `column` "" is the line as a whole; `sentence` is a msgid that `data` fills."""

    number: int
    column: str
    sentence: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    good: tuple[Good, ...]
    bad: tuple[Bad, ...]


def judge(file: File, world: World) -> Judged:
    """Every line of the file, good or bad; a line with one bad cell is bad."""
    bad: list[Bad] = []
    good = [line for line in (_cells(line, world, bad) for line in file.lines) if line is not None]
    for check in (_codes_once, _same_product, _variants_once):
        good = check(good, world, bad)
    return Judged(tuple(good), tuple(sorted(bad, key=lambda each: each.number)))


def refused(number: int, column: str, error: BadCell) -> Bad:
    return Bad(number, column, error.sentence, error.data)


def _cells(line: Line, world: World, bad: list[Bad]) -> Good | None:
    if line.cells is None:
        bad.append(refused(line.number, "", BrokenLine()))
        return None
    values: dict[str, Value] = {}
    before = len(bad)
    for column in COLUMNS:
        try:
            values[column.key] = value(column.key, line.cells.get(column.key, ""), world)
        except BadCell as error:
            bad.append(refused(line.number, column.key, error))
    return Good(line.number, values, "") if len(bad) == before else None


def _codes_once(lines: list[Good], world: World, bad: list[Bad]) -> list[Good]:
    first: dict[Value, int] = {}
    kept = []
    for line in lines:
        before = first.setdefault(line.values["code"], line.number)
        if before != line.number:
            bad.append(refused(line.number, "code", CodeTwice(line=before)))
        else:
            kept.append(line)
    return kept


def _same_product(lines: list[Good], world: World, bad: list[Bad]) -> list[Good]:
    """A known code belongs to its product; a new one to the product of its title, in this file or on its own."""
    owner: dict[str, UUID | str] = {}
    for line in lines:
        sku = world.skus.get(str(line.values["code"]))
        if sku is not None:
            owner.setdefault(str(line.values["title"]), sku.product_id)
    first: dict[UUID | str, Good] = {}
    kept = []
    for line in lines:
        sku, title = world.skus.get(str(line.values["code"])), str(line.values["title"])
        placed = Good(line.number, line.values, sku.product_id if sku else owner.get(title, title))
        differs = _differs(first.setdefault(placed.product, placed), placed)
        bad += [refused(line.number, key, DiffersFrom(line=first[placed.product].number)) for key in differs]
        kept += [] if differs else [placed]
    return kept


def _differs(first: Good, line: Good) -> list[str]:
    """Columns said once a product in which two lines say different things; silence is no difference."""
    shared = [column.key for column in COLUMNS if column.shared]
    return [
        key
        for key in shared
        if line.values[key] is not None and first.values[key] is not None and line.values[key] != first.values[key]
    ]


def _variants_once(lines: list[Good], world: World, bad: list[Bad]) -> list[Good]:
    """No two variants of a product read the same, those counted that the file does not mention."""
    coded = {str(line.values["code"]) for line in lines}
    taken: set[tuple[UUID | str, Value]] = {
        (row.product.id, variant.options)
        for row in world.rows.values()
        for variant in row.variants
        if variant.code not in coded
    }
    kept = []
    for line in lines:
        name = (line.product, _options(line, world))
        if name in taken:
            bad.append(refused(line.number, "options", VariantTwice()))
        else:
            taken.add(name)
            kept.append(line)
    return kept


def _options(line: Good, world: World) -> Value:
    said, sku = line.values["options"], world.skus.get(str(line.values["code"]))
    if said is None:
        return sku.options if sku else ""
    return said
