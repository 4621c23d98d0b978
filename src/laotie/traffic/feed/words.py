"""What reasons are called. A sentence is made of what the record says, of nothing else."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laotie.traffic.feed.contracts import FeedDecided

CODES: dict[str, Promise] = {
    "enter": gettext_lazy("How often people go in"),
    "dwell": gettext_lazy("How often people look at it for a while"),
    "follow": gettext_lazy("How often people then follow the shop"),
    "click": gettext_lazy("How often people open it"),
    "pay": gettext_lazy("How often people buy it"),
    "good": gettext_lazy("How often a purchase goes well"),
    "repurchase": gettext_lazy("How often people buy of the shop again"),
    "hide": gettext_lazy("How often people hide the shop"),
    "report": gettext_lazy("How often people report it"),
    "refund": gettext_lazy("How often people ask for their money back"),
    "lift.following": gettext_lazy("You follow them"),
    "lift.shop": gettext_lazy("You often look at this shop, or buy of it"),
    "lift.category": gettext_lazy("You often look at such goods, or buy them"),
    "multiplier": gettext_lazy("The scores of the goods and the shop"),
    "floor": gettext_lazy("Nothing counts less than nothing"),
    "seller": gettext_lazy("The shop has a place further up already"),
    "category": gettext_lazy("Such goods have a place further up already"),
}
SOURCES: dict[str, Promise] = {
    "follows": gettext_lazy("you follow the shop"),
    "popular": gettext_lazy("it is bought a lot of late"),
    "fresh": gettext_lazy("it is new on the shelf"),
    "category": gettext_lazy("it is bought most in its category"),
    "rooms": gettext_lazy("it is on the air now"),
    "newcomers": gettext_lazy("hardly anybody has seen it yet"),
    "random": gettext_lazy("it was in a random sample of everything"),
}
TELLING = ("follows", "rooms", "popular", "category", "fresh", "newcomers")
MOST_NAMED = 2
RULES: dict[str, Promise] = {
    "hidden_seller": gettext_lazy("You hide the shop"),
    "out_of_stock": gettext_lazy("Sold out"),
}


def headline(fact: FeedDecided, position: int) -> str:
    """One sentence: why this stands here."""
    arm = fact.arms[position]
    if arm == "random":
        return _("By chance: one place in 250 shows something at random, so that unseen goods get seen.")
    if arm == "lane":
        return _("This place is kept for newcomers: hardly anybody has seen it yet.")
    if arm == "time" and fact.place == "home:following":
        return _("It is the newest of a shop that you follow.")
    if arm == "time":
        return _("It is here by the time it was put on the shelf, newest first.")
    return _("Of what fits, it promised most here: {reasons}.").format(reasons=_listed(fact.sources[position]))


def _listed(sources: str) -> str:
    """The most telling first; that it was in the sample, too, tells nothing beside another reason."""
    proposed = sources.split("+")
    telling = [name for name in TELLING if name in proposed] or proposed
    return str(_(", ")).join(str(SOURCES.get(name, name)) for name in telling[:MOST_NAMED])


def rule(full_name: str) -> str:
    """What a rule says, in words."""
    return str(RULES.get(full_name.split("@", maxsplit=1)[0], full_name))


def code(name: str) -> str:
    """What a part of a value is."""
    return str(CODES.get(name, name))


def parts(fact: FeedDecided, position: int) -> list[tuple[str, float]]:
    """The parts of a slot's value, as recorded, in words; nought ones left out. They sum to the score."""
    return [(code(name), value) for name, value in fact.parts_of(position).items() if value]
