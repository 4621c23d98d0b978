"""Words that no line may hold: the market's few, and those a host adds."""

import unicodedata
from collections.abc import Iterable

MARKET = (
    "加微信", "加v信", "vx号", "微信号", "私下交易", "转账给我", "刷单", "傻逼", "操你",
    "whatsapp me", "telegram me", "wire transfer", "fuck",
)  # fmt: skip


def plain(words: str) -> str:
    """Words without what people hide them behind: width, case, spaces, signs between letters."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def names_blocked(words: str, also: Iterable[str] = ()) -> bool:
    """Whether the line holds a blocked word."""
    said = plain(words)
    return any(plain(word) in said for word in (*MARKET, *also) if plain(word))
