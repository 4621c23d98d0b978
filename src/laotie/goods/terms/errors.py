"""What can be wrong with terms, and why an order cannot take what it wants.

BadInput
├── NotLower          a timed price is not between zero and the standing one
├── BadTime           an end that is not after its start, or has passed, or lies too far off
├── BadCap            a cap or an allotment that bounds nothing
├── BadCoupon         an amount, threshold, budget, cap or end that makes no coupon
├── BadRate           a commission outside the market's range
└── TooManyCreators   more names than one plan may have
Forbidden
└── PlansClosed       the shop's standing allows no new commission plan
Conflict
├── Overlap           another timed price or plan holds in the same time
├── OverCap           the buyer would have more than one buyer may
├── PriceOver         the timed price has ended
├── CouponsGone       all of them were claimed, or it has ended
├── CouponHad         the buyer has had as many as one buyer may
├── CouponUnfit       used, ended, of another shop, or the goods cost too little
├── AllotmentGone     the pieces at this price are gone; the standing price still holds
└── SoldOut           fewer are left than wanted
NotFound
└── NoSuchTerms
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound


class NotLower(BadInput):
    code = "terms.not_lower"
    sentence = "A special price must be above zero and below the usual price of {price}."


class BadTime(BadInput):
    code = "terms.bad_time"
    sentence = "The end must lie after the start and in the future, at most {days} days from the start."


class TooFar(BadInput):
    code = "terms.too_far"
    sentence = "Choose a start within a year from now."


class BadCap(BadInput):
    code = "terms.bad_cap"
    sentence = "Give a whole number between 1 and {most}, or leave it empty."


class BadCoupon(BadInput):
    code = "terms.bad_coupon"
    sentence = "The amount must be above zero, at most the price it applies from, and at most the whole budget."


class BadRate(BadInput):
    code = "terms.bad_rate"
    sentence = "A commission lies between {least} % and {most} %."


class TooManyCreators(BadInput):
    code = "terms.too_many_creators"
    sentence = "One plan names at most {most} creators."


class PlansClosed(Forbidden):
    """`why` is the address of the shop's standing: what closed it, and what opens it again."""

    code = "terms.plans_closed"
    sentence = "Your shop's standing allows no new commission plan for now. Why, and what lifts it: {why}"


class Overlap(Conflict):
    code = "terms.overlap"
    sentence = "This overlaps with what already holds from {start} to {end}. End that first, or choose another time."


class OverCap(Conflict):
    code = "terms.over_cap"
    sentence = "One buyer may buy at most {cap} of this."


class PriceOver(Conflict):
    code = "terms.price_over"
    sentence = "The special price has ended. Look at the price once more before you order."


class CouponsGone(Conflict):
    code = "terms.coupons_gone"
    sentence = "These coupons are all gone."


class CouponHad(Conflict):
    code = "terms.coupon_had"
    sentence = "You have had this coupon already."


class CouponUnfit(Conflict):
    code = "terms.coupon_unfit"
    sentence = "This coupon does not apply here, or not any more. Look at the price once more before you order."


class AllotmentGone(Conflict):
    code = "terms.allotment_gone"
    sentence = "The pieces at the special price are gone. You can still buy at the usual price."


class SoldOut(Conflict):
    code = "terms.sold_out"
    sentence = "Fewer are left than you want."


class NotOnSale(Conflict):
    code = "terms.not_on_sale"
    sentence = "This is not on sale any more."


class NoSuchTerms(NotFound):
    code = "terms.no_such_terms"
    sentence = "These terms do not exist."


REASONS: dict[str, type[Conflict]] = {
    "cap": OverCap,
    "price_over": PriceOver,
    "allotment": AllotmentGone,
    "sold_out": SoldOut,
    "closed": NotOnSale,
}
