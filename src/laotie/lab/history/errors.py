"""Errors of bringing a history in.

BadInput
└── OtherMoney   the archive's amounts cannot be written in the market's currency
"""

from laotie.kit.errors import BadInput


class OtherMoney(BadInput):
    code = "history.other_money"
    sentence = (
        "This history is in {archive}, this market trades in {market}, and their smallest units differ. "
        "Make a home for it: laotie up --home NEW --currency {archive}"
    )
