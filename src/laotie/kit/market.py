"""What is fixed for a market when its home is made: one currency, one time zone, one language of its goods."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from laotie.kit import clock
from laotie.kit.money import Money


@dataclass(frozen=True, slots=True)
class Market:
    """`currency` ISO 4217, `time_zone` IANA, `language` "zh" or "en" (of what the market writes itself, e.g. mail)."""

    name: str = "Laotie"
    currency: str = "CNY"
    time_zone: str = "Asia/Shanghai"
    language: str = "zh"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)

    def day(self, at: datetime) -> date:
        return clock.market_day(at, self.zone)


@cache
def current() -> Market:
    """The market this process serves, from its settings."""
    from django.conf import settings

    market: Market = settings.MARKET
    return market
