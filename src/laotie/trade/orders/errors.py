"""What can go wrong with an order.

MarketError
├── NotFound    ├── OrderNotFound
├── Forbidden   └── NotYours
├── BadInput    ├── EmptyOrder, BadQuantity, TooManyLines, BadKey
│               ├── NotServed        a shop does not send there
│               ├── BadCarrier, BadTracking
│               └── BadAddress
└── Conflict    ├── SoldOut          names each line; nothing was written
                ├── OverCap          names each line over its cap for one buyer
                ├── PriceChanged     names each line with its new price; the buyer confirms
                ├── NotOnSale        names each line
                ├── KeyReused        the same idempotency key with another content
                ├── WrongState       the order is in a state that does not allow it
                └── NothingLeft      more asked back than is left of it
"""

from laotie.kit.errors import BadInput, Conflict, Forbidden, NotFound


class OrderNotFound(NotFound):
    code = "order.not_found"
    sentence = "There is no such order."


class NoSuchParcel(NotFound):
    code = "order.no_such_parcel"
    sentence = "No parcel has this number."


class NotYours(Forbidden):
    code = "order.not_yours"
    sentence = "This order belongs to someone else."


class EmptyOrder(BadInput):
    code = "order.empty"
    sentence = "There is nothing to order. Choose something first."


class BadQuantity(BadInput):
    code = "order.bad_quantity"
    sentence = "Choose between 1 and {most} of it."


class TooManyLines(BadInput):
    code = "order.too_many_lines"
    sentence = "One order takes at most {most} different things. Place it in parts."


class BadKey(BadInput):
    code = "order.bad_key"
    sentence = "An Idempotency-Key of 1 to 80 visible characters is needed."


class NotServed(BadInput):
    code = "order.not_served"
    sentence = "{shop} does not send to {region}."


class BadCarrier(BadInput):
    code = "order.bad_carrier"
    sentence = "Choose a carrier from the list."


class BadTracking(BadInput):
    code = "order.bad_tracking"
    sentence = "“{tracking}” is not a tracking number: 6 to 40 letters and digits."


class BadAddress(BadInput):
    code = "order.bad_address"
    sentence = "Choose the address it should go to."


class SoldOut(Conflict):
    """`lines`: [{offer_id, title, wanted, left}]."""

    code = "order.sold_out"
    sentence = "Sold out: {titles}. Nothing was ordered."


class OverCap(Conflict):
    """`lines`: [{offer_id, title, cap}]."""

    code = "order.over_cap"
    sentence = "Each buyer may have only so many: {titles}. Nothing was ordered."


class PriceChanged(Conflict):
    """`lines`: [{offer_id, title, agreed_minor, price_minor}]; `total_minor` is what it costs now."""

    code = "order.price_changed"
    sentence = "The price changed while you were looking: {titles}. Look again and confirm."


class CouponUnfit(Conflict):
    code = "order.coupon_unfit"
    sentence = "A coupon does not apply here, or not any more. Nothing was ordered; look at the price once more."


class NotOnSale(Conflict):
    """`lines`: [{offer_id, title}]."""

    code = "order.not_on_sale"
    sentence = "No longer on sale: {titles}. Nothing was ordered."


class KeyReused(Conflict):
    code = "order.key_reused"
    sentence = "This Idempotency-Key was used for another order. Use a new one."


class WrongState(Conflict):
    code = "order.wrong_state"
    sentence = "This order has moved on meanwhile, so that cannot be done. Look at it again."


class NothingLeft(Conflict):
    code = "order.nothing_left"
    sentence = "That much is not left to be refunded."
