"""What rules and traces are called, and what they mean, for those who read of them."""

from django.utils.translation import gettext_lazy

RULES = {
    "dense_block": gettext_lazy("dense block"),
    "bad_block": gettext_lazy("dense block of complaints"),
    "unfair_reviewer": gettext_lazy("unfair reviewer"),
    "heavy_actor": gettext_lazy("heavy actor"),
    "own_deal": gettext_lazy("deals with oneself"),
}
MEANINGS = {
    "dense_block": gettext_lazy(
        "The same accounts deal with the same shops far more often than chance gives. A host's fans can look like this."
    ),
    "bad_block": gettext_lazy("The same accounts complain of the same shops far more often than chance gives."),
    "unfair_reviewer": gettext_lazy("What this account says of shops is far from what everybody else says of them."),
    "heavy_actor": gettext_lazy("Without this one buyer the shop's score would stand elsewhere."),
    "own_deal": gettext_lazy("People who run the shop bought from it."),
}
TRACES = {
    "own_deal": gettext_lazy("bought by people who run the shop"),
    "impossible_parcel": gettext_lazy("signed sooner than anything is carried"),
    "refund_after_praise": gettext_lazy("given back after a good review"),
    "burst": gettext_lazy("on a day with far more deals than the shop is used to"),
    "same_hands": gettext_lazy("accounts that share an address, a device or a payment handle"),
}
STATES = {
    "held": (gettext_lazy("to judge"), "wait"),
    "upheld": (gettext_lazy("void"), "bad"),
    "released": (gettext_lazy("counts"), "good"),
}


def rule(rule_id: str) -> str:
    """A rule by its id ("dense_block/1") in the reader's language, with its version."""
    name, _, version = rule_id.partition("/")
    return f"{RULES.get(name, name)} · v{version}"


def meaning(rule_id: str) -> str:
    """What a rule says, in one sentence."""
    return str(MEANINGS.get(rule_id.partition("/")[0], ""))
