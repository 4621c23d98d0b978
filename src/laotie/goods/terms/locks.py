"""One offer's terms are changed by one at a time: rules about several rows of it need the offer held."""

from uuid import UUID

from django.db import connection

from laotie.goods.offers import queries as offers
from laotie.goods.offers.contracts import Offer


def held(offer_id: UUID) -> Offer:
    """The offer, with its terms held until the end of the transaction. Raises NoSuchOffer."""
    with connection.cursor() as cursor:
        # an advisory lock of its own: the offer's row is locked by price changes, and orders must not wait for either
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"terms {offer_id}"])
    return offers.offer(offer_id)
