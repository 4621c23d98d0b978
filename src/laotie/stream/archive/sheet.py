"""`market.toml`: what an archive says of its market."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from laotie.kit.money import exponent
from laotie.stream.archive.errors import BadArchive

NAME = "market.toml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`source` names where the history comes from: the same key of the same source is the same thing, always."""

    source: str
    name: str
    currency: str
    time_zone: str
    language: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def exponent(self) -> int:
        """Digits of the currency's minor unit."""
        return exponent(self.currency)


def read_sheet(folder: Path) -> Sheet:
    """Read and judge `market.toml`. Raises BadArchive."""
    path = folder / NAME
    if not path.is_file():
        raise BadArchive(path=folder, reason=f"it has no {NAME}")
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))
        sheet = Sheet(**{name: str(words[name]) for name in Sheet.__slots__})
        sheet.zone  # noqa: B018 (an unknown zone raises here)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, ValueError, OSError) as error:
        raise BadArchive(path=folder, reason=f"{NAME} cannot be used ({error})") from error
    if len(sheet.currency) != 3 or not sheet.currency.isupper():
        raise BadArchive(path=folder, reason=f"{NAME}: “{sheet.currency}” is not a currency (ISO 4217)")
    if sheet.language not in ("zh", "en"):
        raise BadArchive(path=folder, reason=f"{NAME}: language must be zh or en")
    return sheet


def write_sheet(folder: Path, sheet: Sheet) -> None:
    lines = [f'{name} = "{getattr(sheet, name)}"' for name in Sheet.__slots__]
    (folder / NAME).write_text("\n".join(lines) + "\n", encoding="utf-8")
