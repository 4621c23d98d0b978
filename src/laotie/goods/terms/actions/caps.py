"""How much one buyer may buy of an offer."""

from uuid import UUID

from django.db import transaction

from laotie.goods.offers import queries as offers
from laotie.goods.terms import models
from laotie.goods.terms.checks import check_count


@transaction.atomic
def set_cap(offer_id: UUID, cap: int | None) -> None:
    """One buyer may have at most `cap` pieces from now on; None lifts it and forgets what was counted.

    Raises BadCap, NoSuchOffer.
    """
    check_count(cap, "cap")
    offers.offer(offer_id)
    if cap is None:
        models.OfferCap.objects.filter(offer_id=offer_id).delete()
        models.Bought.objects.filter(holder=offer_id).delete()
    else:
        models.OfferCap.objects.update_or_create(offer_id=offer_id, defaults={"cap": cap})
