"""What the author of a line seems to want, so that the host sees first who is about to buy.

A port: a better reader than these words may be bound at start-up. It gets one line and answers at once.
"""

import re
from abc import ABC, abstractmethod
from enum import StrEnum


class Intent(StrEnum):
    NONE = ""
    BUY = "buy"  # how do I buy it
    PRICE = "price"
    STOCK = "stock"  # is it still there
    SIZE = "size"  # which size, weight, colour
    SHIPPING = "shipping"
    QUESTION = "question"


BUYING = frozenset({Intent.BUY, Intent.PRICE, Intent.STOCK, Intent.SIZE})


class Reader(ABC):
    """Reads a line of chat."""

    @abstractmethod
    def read(self, words: str) -> Intent:
        """What the author seems to want; NONE where it is no question."""


PATTERNS: tuple[tuple[Intent, str], ...] = (
    (Intent.BUY, r"怎么(买|拍|下单|付)|(在)?哪里?(能)?(买|拍|下单)|求?链接|上车|how (do|can|to) .{0,12}(buy|order|get)|"
                 r"where .{0,12}(buy|order)|\blink\b|i('ll| will) take"),
    (Intent.PRICE, r"多少(钱|米)|几块|什么价|价格|怎么卖|how much|what.{0,8}price|\bprice\b|cost"),
    (Intent.STOCK, r"还有(没有?|货|吗)|有货|卖完|补货|(still|any) .{0,14}(left|there|available)|in stock|sold out\?"),
    (Intent.SIZE, r"尺码|多大|多重|多长|码数|什么颜色|几斤|(what|which) (size|colou?r|weight)|how (big|heavy|tall)"),
    (Intent.SHIPPING, r"包邮|运费|几天(能)?到|什么时候(发|到)|发货|快递|ship|deliver|how long .{0,10}(take|arrive)"),
    (Intent.QUESTION, r"[?？]\s*$|吗\s*[。.!！]*$|呢\s*$|^(what|when|why|who|how|does|do|is|are|can)\b"),
)  # fmt: skip


class ByWords(Reader):
    """The plain reader: the first pattern that is found, Chinese and English."""

    def __init__(self) -> None:
        self._patterns = [(intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in PATTERNS]

    def read(self, words: str) -> Intent:
        return next((intent for intent, pattern in self._patterns if pattern.search(words)), Intent.NONE)


_bound: list[Reader] = [ByWords()]


def bind(reader: Reader) -> None:
    """Read with `reader` from now on; called at start-up."""
    _bound[0] = reader


def read(words: str) -> Intent:
    return _bound[0].read(words)
