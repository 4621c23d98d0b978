"""What trust puts on pages: scores, their reasons, and the way to object."""

from laotie.kit.slots import bind
from laotie.trust.appeals import slots as appeal_slots
from laotie.trust.prices import slots as price_slots
from laotie.trust.scores import slots as score_slots


def bind_trust() -> None:
    bind("offer.trust", score_slots.product_score)
    bind("product.below", price_slots.among_same_items)
    bind("score.deal", appeal_slots.against_deal)
    bind("shop.trust", score_slots.shop_score)
