"""What can be wrong with an offer.

BadInput
├── BadOffer         a price, a time to ship or a plan cannot be used
└── NotServed        the merchant does not send to the region
Conflict
└── OfferTakenDown   the market took it down; the merchant cannot put it back
NotFound
├── NoSuchOffer
└── NoSuchPlan
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class BadOffer(BadInput):
    code = "offers.bad_offer"
    sentence = "{what}"


class NotServed(BadInput):
    code = "offers.not_served"
    sentence = "The shop does not send to {region}."


class OfferTakenDown(Conflict):
    code = "offers.taken_down"
    sentence = "The market took this offer down; it cannot be put back on sale."


class NoSuchOffer(NotFound):
    code = "offers.no_such_offer"
    sentence = "This offer does not exist."


class NoSuchPlan(NotFound):
    code = "offers.no_such_plan"
    sentence = "This freight plan does not exist."
