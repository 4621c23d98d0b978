"""What sellers say of their goods. Anything may be missing."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

SCHEMA = pa.schema([
    ("listing", pa.string()),  # whose index it is: a product, or an offer
    ("seller", pa.string()),
    ("identifier", pa.string()),  # GTIN, EAN, UPC, ISBN
    ("brand", pa.string()),
    ("category", pa.string()),
    ("title", pa.string()),
    ("facts", pa.map_(pa.string(), pa.string())),
    ("price", pa.float64()),  # that counts today, in any one unit
    ("usual", pa.float64()),  # its median over the 30 days before
    ("freight", pa.float64()),  # of one piece
    ("discount", pa.float64()),  # that everybody gets
])  # fmt: skip
IDENTIFIERS = ("gtin", "ean", "upc", "isbn", "barcode", "条码", "商品条码", "国际条码")


def table(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """The listings of `rows`; missing columns are null. Raises pyarrow.ArrowInvalid for values of another kind."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=SCHEMA)


def identifier_in(facts: Mapping[str, str]) -> str | None:
    """The international number among a product's facts, if it has one whose last digit checks."""
    for name, value in facts.items():
        digits = "".join(filter(str.isdigit, str(value)))
        if name.strip().casefold() in IDENTIFIERS and is_gtin(digits):
            return digits.zfill(14)
    return None


def is_gtin(digits: str) -> bool:
    """Whether 8, 12, 13 or 14 digits are a GTIN: weights 3 and 1 from the right, the sum a multiple of ten (GS1)."""
    if len(digits) not in (8, 12, 13, 14) or not int(digits):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0
