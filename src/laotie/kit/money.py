"""Money: an integer count of a currency's minor unit. Never a float, never a bare number without a currency."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Self

from laotie.kit.errors import BadInput

EXPONENTS = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "BHD": 3,
    "KWD": 3,
    "JOD": 3,
    "OMR": 3,
    "TND": 3,
}
SYMBOLS = {
    "CNY": "¥",
    "JPY": "¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "BRL": "R$",
    "HKD": "HK$",
    "TWD": "NT$",
}


class BadAmount(BadInput):
    """The text is not an amount of the currency."""

    code = "money.bad_amount"
    sentence = "“{text}” is not an amount in {currency}."


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount: `minor` counts the smallest unit of `currency` (ISO 4217), so ¥69.90 is Money(6990, "CNY")."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read "69.90". Raises BadAmount on anything that is not a whole count of minor units."""
        try:
            scaled = Decimal(text.strip()).scaleb(exponent(currency))
        except InvalidOperation as error:
            raise BadAmount(text=text, currency=currency) from error
        if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) > 10**15:
            raise BadAmount(text=text, currency=currency)
        return cls(int(scaled), currency)

    @property
    def plain(self) -> str:
        """The amount alone: "69.90"."""
        places = exponent(self.currency)
        return f"{Decimal(self.minor).scaleb(-places):.{places}f}"

    @property
    def symbol(self) -> str:
        return SYMBOLS.get(self.currency, f"{self.currency} ")

    def __str__(self) -> str:
        return f"-{self.symbol}{(-self).plain}" if self.minor < 0 else f"{self.symbol}{self.plain}"

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.minor * count, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other.minor


def exponent(currency: str) -> int:
    """Digits of the minor unit (ISO 4217): 2 for CNY, 0 for JPY."""
    return EXPONENTS.get(currency, 2)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum, zero when there are none."""
    return sum(amounts, Money(0, currency))


def split(minor: int, weights: Sequence[int]) -> list[int]:
    """Divide `minor` units by non-negative `weights` so that the parts sum to `minor` exactly (largest remainder).

    Equal shares where all weights are zero. Raises ValueError on no weights or a negative one.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be one or more non-negative integers")
    weights = weights if any(weights) else [1] * len(weights)
    whole = sum(weights)
    parts = [minor * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda i: (-(minor * weights[i] % whole), i))
    for i in remainders[: minor - sum(parts)]:
        parts[i] += 1
    return parts
