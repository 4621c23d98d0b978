"""What can be wrong with terms, and why an order cannot take what it wants.

BadInput
├── BadTerms          a price, time, cap or rate cannot be used
Conflict
├── Overlap           another timed price or plan holds in the same time
├── OverCap           the buyer would have more than one buyer may
├── PriceOver         the timed price has ended
├── AllotmentGone     the pieces at this price are gone; the standing price still holds
└── SoldOut           fewer are left than wanted
NotFound
└── NoSuchTerms
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class BadTerms(BadInput):
    code = "terms.bad_terms"
    sentence = "{what}"


class Overlap(Conflict):
    code = "terms.overlap"
    sentence = "This overlaps with what already holds from {start} to {end}. End that first, or choose another time."


class OverCap(Conflict):
    code = "terms.over_cap"
    sentence = "One buyer may buy at most {cap} of this."


class PriceOver(Conflict):
    code = "terms.price_over"
    sentence = "The special price has ended. Look at the price once more before you order."


class AllotmentGone(Conflict):
    code = "terms.allotment_gone"
    sentence = "The pieces at the special price are gone. You can still buy at the usual price."


class SoldOut(Conflict):
    code = "terms.sold_out"
    sentence = "Fewer are left than you want."


class NoSuchTerms(NotFound):
    code = "terms.no_such_terms"
    sentence = "These terms do not exist."


REASONS: dict[str, type[Conflict]] = {
    "cap": OverCap,
    "price_over": PriceOver,
    "allotment": AllotmentGone,
    "sold_out": SoldOut,
}
