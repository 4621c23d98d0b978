"""Converters: one module a format, each turning a folder of that format into an archive's tables.

A converter maps and never drops: what cannot be right is passed on as text, so that the check names it, with its line
in the original file in the column `source`.
"""

from collections.abc import Callable
from pathlib import Path

from laotie.stream.archive.converters import olist, orders
from laotie.stream.archive.errors import UnknownFormat

Converter = Callable[[Path, Path, str], None]  # source, out, language of the words it makes

CONVERTERS: dict[str, Converter] = {"olist": olist.convert, "orders": orders.convert}


def converter(format: str) -> Converter:
    """The converter of a format by its name. Raises UnknownFormat."""
    if format not in CONVERTERS:
        raise UnknownFormat(format=format, known=", ".join(sorted(CONVERTERS)))
    return CONVERTERS[format]
