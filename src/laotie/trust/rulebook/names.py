"""What kinds of score, bands, dimensions and metrics are called: the vocabulary of every rulebook."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "shop": _("Shop experience"),
    "product": _("Product score"),
    "creator": _("Creator reputation"),
}
BANDS: dict[str, Promise] = {
    "leading": _("Leading"),
    "good": _("Good"),
    "weak": _("Weak"),
}
DIMENSIONS: dict[str, Promise] = {
    "goods": _("Goods"),
    "logistics": _("Logistics"),
    "service": _("Service"),
    "steadiness": _("Steadiness"),
    "quality": _("Quality"),
    "price": _("Price"),
    "appeal": _("Attraction"),
    "information": _("Information"),
    "selection": _("Selection"),
    "content": _("Content"),
    "competitiveness": _("Competitiveness"),
}
METRICS: dict[str, Promise] = {
    "quality": _("Returned for quality, damage or not as claimed"),
    "bad_review": _("Reviewed with one or two stars"),
    "poor_review": _("Reviewed with three stars or fewer, late parcels left out"),
    "ships_late": _("Shipped after the promise"),
    "arrives_late": _("Arrived after the promise"),
    "lost": _("Not signed 15 days after the promised arrival"),
    "poor_service": _("Returned for service"),
    "seller_cancels": _("Cancelled by the shop after payment"),
    "sold_out": _("Cancelled because nothing was left"),
    "not_as_claimed": _("Returned as not claimed"),
    "seeded": _("Seeded deals that went wrong"),
    "slow_3s": _("Questions not settled within 3 seconds"),
    "slow_3min": _("Questions not settled within 3 minutes"),
    "platform_closed": _("After-sales closed by the platform"),
    "disputes_lost": _("Disputes decided against the shop"),
    "close_time": _("Time to close an after-sale"),
    "price_jumps": _("Prices raised by more than a tenth"),
    "out_of_stock": _("Days with nothing left in stock"),
    "net_value": _("Net value of a thousand exposures"),
    "price": _("Price beside the same goods elsewhere"),
    "information": _("Pictures, title, attributes and clip"),
    "product_score": _("Scores of the products sold"),
    "carded_score": _("Scores of the shops at the time of carding"),
    "reports": _("Visits that ended in a report"),
    "votes_false": _("Claims that viewers voted false"),
    "returns": _("Viewers who came back within 7 days"),
    "dear": _("Goods sold above the median price"),
    "conversion": _("Visits that ended in a deal"),
    "repurchase": _("Buyers who bought again"),
    "unanswered": _("Questions in the room left without an answer"),
}
