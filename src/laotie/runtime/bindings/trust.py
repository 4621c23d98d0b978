"""What trust puts on pages: scores, their reasons, and the way to object."""

from laotie.kit.slots import bind
from laotie.trust.appeals import slots as appeal_slots
from laotie.trust.previews import slots as preview_slots
from laotie.trust.prices import slots as price_slots
from laotie.trust.risk import slots as risk_slots
from laotie.trust.scores import slots as score_slots
from laotie.trust.violations import slots as violation_slots


def bind_trust() -> None:
    bind("creator.below", score_slots.creator_score)
    bind("creator.mine", score_slots.my_creator_score)
    bind("offer.trust", score_slots.product_score)
    bind("operator.waiting", appeal_slots.operator_waiting)
    bind("product.below", price_slots.among_same_items)
    bind("rulebook.coming", preview_slots.of_coming)
    bind("rulebook.draft", preview_slots.of_draft)
    bind("score.coming", preview_slots.effects)
    bind("score.deal", appeal_slots.against_deal)
    bind("score.violations", violation_slots.of_score)
    bind("score.violations", risk_slots.of_score)
    bind("seller.home", score_slots.seller_home)
    bind("shop.trust", score_slots.shop_score)
    bind("standing.lift", score_slots.lift)
    bind("standing.why", score_slots.why_standing)
    bind("violation.appeal", appeal_slots.against_violation)
