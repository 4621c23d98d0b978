"""Rules of risk by name and version, and how their signals add up to the confidence of a void.

Every void names the rule that found it, as `name/version`; a rule that changes gets another version. A dense block says
that people deal as no market does by chance; so do the fans of a host. It takes behaviour to tell the two apart: hence
the block alone is held for an operator, and acts by itself only with traces of behaviour in most of its deals.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

AUTOMATIC = 0.95  # published confidence from which a void acts without waiting for an operator
HELD = 0.5  # below: not even proposed


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule. `odds`: log-odds that a deal it marks was no real one; `trace`: a sign of behaviour."""

    name: str
    version: int
    odds: float
    trace: bool

    @property
    def id(self) -> str:
        return f"{self.name}/{self.version}"


DENSE_BLOCK = Rule("dense_block", 1, 0.5, False)
BAD_BLOCK = Rule("bad_block", 1, 0.5, False)  # the same among complaints and bad reviews: slander
UNFAIR_REVIEWER = Rule("unfair_reviewer", 1, 0.5, False)
HEAVY_ACTOR = Rule("heavy_actor", 1, 0.2, False)
OWN_DEAL = Rule("own_deal", 1, 3.0, True)
SAME_HANDS = Rule("same_hands", 1, 2.0, True)
REFUND_AFTER_PRAISE = Rule("refund_after_praise", 1, 2.0, True)
IMPOSSIBLE_PARCEL = Rule("impossible_parcel", 1, 2.5, True)
BURST = Rule("burst", 1, 1.0, True)
RULES = {
    rule.name: rule
    for rule in (
        DENSE_BLOCK, BAD_BLOCK, UNFAIR_REVIEWER, HEAVY_ACTOR, OWN_DEAL,
        SAME_HANDS, REFUND_AFTER_PRAISE, IMPOSSIBLE_PARCEL, BURST,
    )
}  # fmt: skip


def confidence(found_by: Rule, shares: Mapping[str, float]) -> float:
    """How sure it is that deals found by a rule were no real ones, 0 … 1.

    `shares`: by the name of another rule the share of these deals that it marks. Odds add up; a trace counts in full
    from half of the deals, and in proportion below.
    """
    odds = found_by.odds + sum(RULES[name].odds * min(2 * share, 1.0) for name, share in shares.items())
    return float(1 / (1 + np.exp(-odds)))


def decision(confidence: float) -> str:
    """ "automatic", "held" for an operator, or "nothing"."""
    return "automatic" if confidence >= AUTOMATIC else "held" if confidence >= HELD else "nothing"
