"""What can be wrong with an offer.

BadInput
├── BadPrice         not a price the market takes
├── BadHours         not a time to ship that the market takes
├── BadPlan          a freight plan's figures cannot be used
└── NotServed        the merchant does not send to the region
Conflict
├── OfferTakenDown   the market took it down; the merchant cannot put it back
└── PlanInUse        offers travel by this plan
NotFound
├── NoSuchOffer
└── NoSuchPlan
"""

from laotie.kit.errors import BadInput, Conflict, NotFound


class BadPrice(BadInput):
    code = "offers.bad_price"
    sentence = "Give a price between {least} and {most}."


class BadHours(BadInput):
    code = "offers.bad_hours"
    sentence = "Give the hours until you ship, between 1 and {most}."


class BadPlan(BadInput):
    code = "offers.bad_plan"
    sentence = "Give an amount between {least} and {most}."


class BadDays(BadInput):
    code = "offers.bad_days"
    sentence = "Give the days from shipping until it arrives, between 1 and {most}, or none."


class NotServed(BadInput):
    code = "offers.not_served"
    sentence = "The shop does not send to {region}."


class OfferTakenDown(Conflict):
    code = "offers.taken_down"
    sentence = "The market took this offer down; it cannot be put back on sale."


class PlanInUse(Conflict):
    code = "offers.plan_in_use"
    sentence = "{count} offers still travel by this plan. Give them another one first."


class NoSuchOffer(NotFound):
    code = "offers.no_such_offer"
    sentence = "This offer does not exist."


class NoSuchPlan(NotFound):
    code = "offers.no_such_plan"
    sentence = "This freight plan does not exist."
